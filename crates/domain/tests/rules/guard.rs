//! The personal-data guard.

use liaison_domain::guard::*;
use proptest::prelude::*;

#[test]
fn personal_data_is_covered_and_the_rest_stays() {
    let cases = [
        (
            "我叫李听澜,住在船坞里3栋2单元501,电话199-0000-0001。",
            "我叫×××,住在船坞里〔门牌〕,电话〔号码〕。",
        ),
        ("请打+86 199 0000 0001或0571-88880000", "请打〔号码〕或〔号码〕"),
        ("身份证11010519491231002X", "身份证〔证件号〕"),
        ("证件１１０１０５１９４９１２３１００２Ｘ号", "证件〔证件号〕号"),
        ("浙A·D12345和沪B12345占道", "〔车牌〕和〔车牌〕占道"),
        ("卡号6222 0210 0112 2334 455", "卡号〔卡号〕"),
        ("卡号4111 1111 1111 1111", "卡号〔卡号〕"),
        ("姓名:欧阳若兰 联系人:周阿婆", "姓名:××× 联系人:×××"),
        ("我叫王明住在望楼", "我叫×××住在望楼"),
        ("家住5幢1203室", "家住〔门牌〕"),
        ("邮箱 a.b@example.com,微信号:ab_cd123", "邮箱 〔账号〕,微信号:〔账号〕"),
        ("座机 88880000 一直没人接", "座机 〔号码〕 一直没人接"),
        ("本人王建国,住在望楼", "本人×××,住在望楼"),
        ("本人张伟反映路灯不亮", "本人×××反映路灯不亮"),
        ("本人欧阳若兰系望楼业主", "本人×××系望楼业主"),
        ("车牌云A·F8K21(挡道)", "车牌〔车牌〕(挡道)"),
        ("车牌沪AD12345", "车牌〔车牌〕"),
        ("3栋2单元501户漏水", "〔门牌〕漏水"),
        ("家住三栋二单元501,水管破了", "家住〔门牌〕,水管破了"),
        ("证件110105194912310021", "证件〔证件号〕"),
        ("１９９ ００００ ０００１", "〔号码〕"),
    ];
    for (text, covered) in cases {
        assert_eq!(mask(text), covered);
    }
}

#[test]
fn what_is_looked_for_holds_neither_the_data_nor_what_covers_it() {
    let text = "我叫周慧兰,电话19900000012,楼道灯坏了,周慧兰";
    assert_eq!(leave_out(text, Some("周慧兰")), "我叫,,电话,,楼道灯坏了,,");
    assert_eq!(leave_out("路灯坏了", None), "路灯坏了");
}

#[test]
fn what_locates_a_matter_and_not_a_person_stays() {
    let texts = [
        "学府路27号门口的路灯,2026年3月2日起不亮",
        "3栋电梯坏了15天,2单元的也慢",
        "27路公交延伸到橘林村,请打12345或110、119、120",
        "编号TH-2026-004213",
        "我叫他来看过,本人认为不合理",
        "2026-03-02 10:00 到 2026-03-05 18:00 停水",
        "补贴1200000元,面积12345678平方米",
        "本人方便的时间是周末,本人曾经打过电话",
        "本人路过时看到,本人全家都觉得不方便,本人单身",
        "我叫施工队停下,也叫物业来看,我叫车来接",
        "联系人:物业办公室 户主:本人",
        "本人高度近视,本人申请加装扶手",
        "3号楼48户,5号楼120户居民没有电梯",
        "12楼500多人用一部电梯,8栋200盏灯不亮",
        "6楼70多岁的老人,2座10分钟就到",
        "2026年第3期,共16页,学号20260001",
        "云A4纸一张,京A级景区,新C1驾照",
        "合同号 2026-0315-0001,预算 120 万元",
        "请拨打12345、12388、96110、10086",
        "沿江路1200弄到1300弄,高度10至12米",
        "每天7:00-9:00、17:30-19:00堵车",
    ];
    for text in texts {
        assert_eq!(mask(text), text, "nothing here is personal: {:?}", find(text));
    }
}

fn fragment() -> impl Strategy<Value = String> {
    let set = prop::sample::select(vec![
        "我叫",
        "李听澜",
        "姓名:",
        "联系人:",
        "电话",
        "3栋",
        "2单元",
        "501",
        "室",
        "浙A",
        "·",
        "D12345",
        "199",
        "-",
        "0000",
        "0001",
        " ",
        "+86",
        "11010519491231002",
        "X",
        "4111111111111111",
        "微信",
        "QQ",
        "@",
        "a.b",
        ".com",
        "住在",
        ",",
        "本人",
        "王",
        "×××",
        "〔号码〕",
        "０５７１",
        "\u{3000}",
        "号楼",
        "十",
        "𠮷",
        "😀",
        "é",
    ]);
    prop_oneof![4 => set.prop_map(str::to_owned), 2 => "[0-9]{1,19}", 1 => "\\PC{0,4}", 1 => "[一-龥]{1,4}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn covering_leaves_nothing_to_find_and_covering_twice_changes_nothing(parts in prop::collection::vec(fragment(), 0..14)) {
        let text = parts.concat();
        let masked = mask(&text);
        prop_assert_eq!(find(&masked), vec![], "still there in {} from {}", masked, text);
        prop_assert_eq!(mask(&masked), masked);
    }

    #[test]
    fn spans_lie_in_order_on_character_boundaries(parts in prop::collection::vec(fragment(), 0..14)) {
        let text = parts.concat();
        let mut from = 0;
        for span in find(&text) {
            prop_assert!(span.start >= from && span.start < span.end, "spans overlap in {}", text);
            prop_assert!(text.get(span.start..span.end).is_some(), "a span cuts a character of {}", text);
            from = span.end;
        }
    }
}
