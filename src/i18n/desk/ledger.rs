//! The counter of a reception, notes of talks, the ledger, paper ledgers.

use crate::i18n::dates;
use crate::i18n::zh::errors;
use liaison_domain::Millis;
use liaison_domain::calendar::{date_of, minute_of_day};
use liaison_domain::dto::{FieldError, LedgerTotals};
use liaison_domain::ledger::{Column, RecordOutcome};
use liaison_domain::reception::Mode;

pub const TITLE: &str = "接待台账";
pub const LEAD: &str = "每次接待一条：谁来说了什么，谁接待的，后来怎么样了。";

// The counter.
pub const COUNTER: &str = "接待现场";
pub const NEXT: &str = "叫下一位";
pub const NOBODY_WAITS: &str = "现在没有人在等。";
pub const NOW: &str = "正在接待";
pub const NOW_NONE: &str = "还没有叫到谁。";
pub const WAITING: &str = "等候";
pub const WAITING_NONE: &str = "还没有人在等。签到以后会排在这里。";
pub const DONE: &str = "已接待";
pub const BY_CODE: &str = "用签到码签到";
pub const BY_CODE_HINT: &str = "预约短信里的 6 位数字";
pub const CHECK_IN: &str = "签到";
pub const BY_LIST: &str = "预约名单";
pub const BY_LIST_NONE: &str = "今天没有还没签到的预约。";
pub const WALK_IN: &str = "没有预约，现场登记";
pub const WALK_IN_HINT: &str = "没带手机也可以。只要写来说什么事。";
pub const WALK_IN_NAME: &str = "怎么称呼";
pub const WALK_IN_TOPIC: &str = "来说什么事";
pub const WALK_IN_NEEDS: &str = "需要照顾的地方";
pub const WALK_IN_NEEDS_HINT: &str = "例如：坐轮椅、听力不好";
pub const PEOPLE: &str = "几个人";
pub const TAKE_NUMBER: &str = "取号";
/// The ways further down the page, where it is one column.
pub const TO_CODE: &str = "去签到";
pub const TO_WALK_IN: &str = "去现场登记";
pub const CALL: &str = "叫他";
pub const BACK_TO_WAIT: &str = "没应答，放回去等";
pub const WRITE: &str = "写接待记录";
pub const TALKED: &str = "谈完了，不用记";
pub const PRINT_NUMBER: &str = "打印排队号";
pub const PRINT: &str = "打印";
pub const PRINT_HINT: &str = "用浏览器的“打印”把这一页打出来。";
pub const TO_NOTES: &str = "写接待记录";
pub const TO_COUNTER: &str = "回接待现场";
pub const OVER: &str = "这场接待已经结束或取消，不能再签到。要补记，请到接待台账。";
pub const NAMELESS: &str = "没留称呼";

/// 「3 号」.
pub fn number(no: u32) -> String {
    format!("{no} 号")
}

/// 「等候 3 · 正在接待 1 · 已接待 5」.
pub fn counts(waiting: usize, now: usize, done: usize) -> String {
    format!("等候 {waiting} 位 · 正在接待 {now} 位 · 已接待 {done} 位")
}

/// 「2 人」.
pub fn people(count: u32) -> String {
    format!("{count} 人")
}

/// How late somebody is, whose time has passed.
pub fn late(minutes: i64) -> String {
    format!("过了预约时间 {minutes} 分钟，来了照样签到")
}

/// How one meets who does not come to the station.
pub const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::OnSite => "到站",
        Mode::Phone => "打电话谈",
        Mode::Online => "线上谈",
    }
}

/// What just happened at the counter.
pub fn happened(what: &str, who: &str) -> String {
    match what {
        "checkin" => format!("{who} 签到好了。"),
        "walkin" => format!("{who} 登记好了。"),
        "called" => format!("请 {who} 进来。"),
        "back" => format!("{who} 放回去等了。"),
        "finish" => format!("{who} 谈完了。"),
        _ => NOBODY_WAITS.to_owned(),
    }
}

/// 「11月26日 10:32 云帆街道联络站：约时间上门查看」.
pub fn look(who: &str, at: Millis, reason: &str, now: Millis) -> String {
    format!("{} {who}：{reason}", dates::date_time(at, now))
}

/// 「已暂存 10:32」; of another day with the day.
pub fn draft_saved(at: Millis, now: Millis) -> String {
    format!("{DRAFT_SAVED} {}", draft_time(at, now))
}

/// 「王女士，路灯（10:32 暂存）」.
pub fn draft_line(about: &str, at: Millis, now: Millis) -> String {
    let about = if about.is_empty() {
        "还没写是谁、什么事"
    } else {
        about
    };
    format!("{about}（{} 暂存）", draft_time(at, now))
}

fn draft_time(at: Millis, now: Millis) -> String {
    if date_of(at) == date_of(now) {
        let minutes = minute_of_day(at);
        format!("{}:{:02}", minutes / 60, minutes % 60)
    } else {
        dates::date_time(at, now)
    }
}

/// How many are before somebody.
pub fn before(count: usize) -> String {
    if count == 0 {
        "前面没有人，马上轮到您。".to_owned()
    } else {
        format!("前面还有 {count} 位。")
    }
}

// The slip.
pub const SLIP: &str = "排队号";
pub const SLIP_WAIT: &str = "叫到号请到接待室。走开一会儿不要紧，回来跟工作人员说一声。";
pub const SLIP_LETTER: &str = "您的意见已经提交";
pub const SLIP_NO: &str = "编号";
pub const SLIP_CODE: &str = "查询码";
pub const SLIP_HOW: &str = "查进度：打联络站电话，报编号和查询码；或者在本站点“查进度”，填这两样。";
pub const SLIP_KEEP: &str = "查询码只打印这一次，请收好。";
pub const SLIP_GONE: &str = "这张回执已经看不到了：查询码只显示一次。来访人丢了回执，请打联络站电话核对身份后补办。";

// Notes.
pub const NOTES: &str = "接待记录";
pub const NOTES_LEAD: &str = "边听边记。没写完也不要紧，保存后还能改。";
pub const NEW: &str = "补记一条接待";
pub const NEW_LEAD: &str = "平时来访、上门走访，或者接待那天没来得及记的。";
pub const WHO: &str = "记哪一位";
pub const WHO_OTHER: &str = "没有取号的来访人";
pub const STATION: &str = "在哪个联络站";
pub const STATION_NEXT: &str = "接着填";
pub const DATE: &str = "哪一天";
pub const DEPUTIES: &str = "谁接待的";
pub const DEPUTIES_HINT: &str = "几位一起接待的，都勾上";
pub const VISITOR: &str = "来访人怎么称呼";
pub const PHONE: &str = "手机号";
pub const PHONE_HINT: &str = "用来收进度短信。没有手机可以不填，打印回执给来访人";
pub const TOPIC: &str = "什么事";
pub const TOPIC_HINT: &str = "一句话，60 个字以内";
pub const CATEGORY: &str = "类别";
pub const CATEGORY_NONE: &str = "先不分";
pub const WORDS: &str = "来访人说的";
pub const WORDS_HINT: &str = "照原话写。转成意见时，承办单位看到的就是这一段";
pub const MY_NOTES: &str = "接待人的记录";
pub const MY_NOTES_HINT: &str = "您了解到的、想到的，只有代表和联络站能看";
pub const VISIT: &str = "当场去看了";
pub const VISIT_PLACE: &str = "去看了哪里";
pub const VISIT_SEEN: &str = "看到了什么";
pub const OUTCOME: &str = "怎么处理";
pub const SOLVED: &str = "当场怎么解决的";
pub const CONSENT: &str = "来访人怎样同意代为提交的";
pub const CONSENT_HINT: &str = "例如：念给他听过，口头同意";
pub const PUBLISH: &str = "来访人同意：办结后隐去个人信息公开";
pub const SAVE: &str = "保存";
pub const SAVED: &str = "已保存。";
pub const CHANGED: &str = "改好了。";
pub const LEAVE_ASK: &str = "写的内容还没有保存，要离开吗？";
pub const REVEAL: &str = "查看号码";
pub const REVEAL_WHY: &str = "为什么要看";
pub const REVEAL_HINT: &str = "会记下来。来访人有预约的，会收到通知并看到这段话。例如：约时间上门查看。";
pub const REVEAL_DO: &str = "记下原因并显示";
pub const REVEAL_SHOWN: &str = "已记下来。离开这一页后号码不再显示。";
pub const REVEAL_NONE: &str = "系统里没有存这位来访人的完整号码。";
pub const LOOKS: &str = "谁看过号码";
pub const DRAFTS: &str = "还没有写完的";
pub const DRAFT_RESTORED: &str = "这是您上次没写完、暂存下来的，接着写就行。";
pub const DRAFT_KEEP: &str = "暂存，以后接着写";
/// Before the time of day.
pub const DRAFT_SAVED: &str = "已暂存";
pub const DRAFT_FAILED: &str = "刚才没有暂存上，连上网络后会再试。";
pub const DRAFT_LOGIN: &str = "登录已过期，新写的没有暂存上。请点“暂存”重新登录，写的不会丢。";
pub const DRAFT_DISCARD: &str = "不要这一份了";
pub const DRAFT_DISCARD_ASK: &str = "删掉以后找不回来。";
pub const DRAFT_DISCARD_DO: &str = "删掉没写完的这一份";
pub const DRAFT_GONE: &str = "没写完的那一份删掉了。";
pub const CONFLICT: &str = "别人刚刚改过这条记录。您写的都在下面，请看过新内容再保存一次。";
pub const BECAME: &str = "已经转成意见，不能再改成别的处理方式。";

/// What became of a talk.
pub const fn outcome(outcome: RecordOutcome) -> &'static str {
    match outcome {
        RecordOutcome::OnSite => "当场解决",
        RecordOutcome::Letter => "转为意见",
        RecordOutcome::Noted => "仅记录",
    }
}

/// What it means.
pub const fn outcome_hint(outcome: RecordOutcome) -> &'static str {
    match outcome {
        RecordOutcome::OnSite => "当面说清了，或者办好了",
        RecordOutcome::Letter => "用来访人的原话交给有关单位办，有期限、能查进度",
        RecordOutcome::Noted => "记下来就好，不用再办",
    }
}

// The ledger.
pub const SEARCH: &str = "编号、姓名、事由或内容";
pub const FILTER: &str = "条件";
pub const FROM: &str = "从哪天";
pub const TO: &str = "到哪天";
pub const DEPUTY: &str = "接待代表";
pub const ANY: &str = "不限";
pub const HISTORIC: &str = "历史台账";
pub const HISTORIC_ONLY: &str = "只看历史台账";
pub const HISTORIC_NOT: &str = "不看历史台账";
pub const APPLY: &str = "查找";
pub const NONE: &str = "没有符合条件的记录。换个条件，或者清除条件再看。";
pub const NONE_YET: &str = "还没有接待记录。接待时写下的每一条都会在这里。";
pub const ADD: &str = "补记一条接待";
pub const IMPORT: &str = "导入历史台账";
pub const EXPORT_XLSX: &str = "导出 Excel";
pub const EXPORT_CSV: &str = "导出 CSV";
pub const PRINT_TABLE: &str = "打印用的表";
pub const TO_LEDGER: &str = "回接待台账";
pub const CHANGE: &str = "修改";
pub const TO_LETTER: &str = "转为意见";
pub const TO_LETTER_LEAD: &str = "用来访人的原话提交，交给有关单位办理。";
pub const PENDING: &str = "待提交";
pub const WHEN: &str = "接待时间";
pub const WHERE: &str = "联络站";
pub const VISITOR_SHORT: &str = "来访人";
pub const PHONE_SHORT: &str = "联系电话";
pub const PEOPLE_SHORT: &str = "人数";
pub const DEPUTIES_SHORT: &str = "接待代表";
pub const TOPIC_SHORT: &str = "事由";
pub const WORDS_SHORT: &str = "反映内容";
pub const NOTES_SHORT: &str = "接待记录";
pub const OUTCOME_SHORT: &str = "处理方式";
pub const LETTER_SHORT: &str = "意见";
pub const NO: &str = "编号";
pub const TOTAL: &str = "共接待";
pub const TOTAL_OPEN: &str = "还在办";
pub const HAS_WORDS: &str = "条";
pub const NEXT_RECEPTIONS: &str = "最近的接待现场";
pub const NOT_ALL: &str = "条件太宽，只列出最近的 5000 条。";

/// The figures above the list: what, value, base.
pub fn totals(totals: &LedgerTotals) -> Vec<(&'static str, String, String)> {
    let of = |part: u64| format!("共 {} 条里的 {part} 条", totals.all);
    vec![
        (
            TOTAL,
            format!("{} 条", totals.all),
            format!("来访 {} 人", totals.people),
        ),
        (
            outcome(RecordOutcome::OnSite),
            format!("{} 条", totals.on_site),
            of(totals.on_site),
        ),
        (
            outcome(RecordOutcome::Letter),
            format!("{} 条", totals.letters),
            of(totals.letters),
        ),
        (
            TOTAL_OPEN,
            format!("{} 条", totals.open),
            format!("转为意见 {} 条里的 {} 条", totals.letters, totals.open),
        ),
    ]
}

// Paper ledgers.
pub const IMPORT_LEAD: &str = "把以前的纸质台账录成表格，一次导进来。先看结果，确认后才保存。";
pub const IMPORT_LIMITS: &str =
    "Excel（.xlsx）或 CSV 文件，不超过 1 MB、2000 行。第一行是标题，要有“接待日期”和“事由”两列。";
pub const TEMPLATE_XLSX: &str = "下载 Excel 模板";
pub const TEMPLATE_CSV: &str = "下载 CSV 模板";
pub const FILE: &str = "台账文件";
pub const LOOK: &str = "先看一看";
pub const PREVIEW: &str = "导入前看一看";
pub const GOOD_ROWS: &str = "可以导入的";
pub const BAD_ROWS: &str = "要改的";
pub const BAD_FILE: &str = "把要改的行下载下来";
pub const BAD_TITLE: &str = "要改的地方";
pub const ROW: &str = "第几行";
pub const COLUMN: &str = "哪一列";
pub const WHAT: &str = "怎么改";
pub const ANOTHER: &str = "换一个文件";
pub const FIRST_ROWS: &str = "前几条是这样的";
pub const KEPT_TITLE: &str = "导入好了";

/// The button that keeps the rows.
pub fn keep(good: usize, bad: usize) -> String {
    if bad == 0 {
        format!("导入 {good} 条")
    } else {
        format!("先导入好的 {good} 条")
    }
}

/// What was read of a file.
pub fn found(file: &str, station: &str, good: usize, bad: usize) -> String {
    if bad == 0 {
        format!("{file}：{good} 条都可以导入，记在{station}名下，标为“历史台账”。")
    } else {
        format!("{file}：{good} 条可以导入，{bad} 条要改。可以先导入好的，要改的下载下来改好再导。")
    }
}

/// What was kept.
pub fn kept(kept: i64, passed_over: i64) -> String {
    if passed_over == 0 {
        format!("导入了 {kept} 条，都标为“历史台账”。")
    } else {
        format!("导入了 {kept} 条，都标为“历史台账”。还有 {passed_over} 条没有导入。")
    }
}

/// The same file came before.
pub fn known(day: &str, kept: i64) -> String {
    format!("这个文件 {day} 已经导入过，当时导入 {kept} 条。不用再导，没有增加记录。")
}

/// 「还有 12 处没有列出」.
pub fn more_faults(count: usize) -> String {
    format!("还有 {count} 处没有列出，都在下载的文件里。")
}

/// What is wrong with a cell and what to do.
pub fn cell_fault(column: Column, code: &str) -> String {
    let title = column.title();
    match (column, code) {
        (_, "required") => match column {
            Column::Solved => "处理方式是“当场解决”，请写怎么解决的".to_owned(),
            Column::VisitPlace => "写了走访情况，请也写走访地点".to_owned(),
            _ => format!("请填{title}"),
        },
        (Column::Date, "future") => "日期在今天以后，请核对".to_owned(),
        (Column::Date, _) => "日期看不懂，请写成 2019-03-05 这样".to_owned(),
        (Column::Phone, _) => "请填 11 位手机号，或者留空；固定电话请写进接待记录".to_owned(),
        (Column::People, _) => "请填数字，1 到 999".to_owned(),
        (Column::Category, _) => "没有这个类别，请填系统里的类别名，或者留空".to_owned(),
        (Column::Outcome, _) => "请填“当场解决”“转为意见”或“仅记录”".to_owned(),
        (_, "too_long") => {
            let most = liaison_domain::ledger::longest(column.code());
            format!("{title}太长了，请删到 {most} 个字以内")
        }
        _ => format!("{title}填得不对，请检查"),
    }
}

/// What is wrong with a field of these pages' forms.
pub fn wrong(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or(0);
    match (error.field.as_str(), error.code.as_str()) {
        ("code", "required") => "请填签到码".into(),
        ("code", _) => "这场接待没有这个签到码。请核对，或者在预约名单里找".into(),
        ("reason", "required") => "请写为什么要看号码".into(),
        ("reason", "too_long") => format!("原因请删到 {limit} 个字以内"),
        ("topic", "required") => "请写是什么事".into(),
        ("people", _) => "请填来了几个人，1 到 999".into(),
        ("words", "required") => "转成意见，要写下来访人说的".into(),
        ("words", "too_short") => format!("转成意见，来访人说的至少写 {limit} 个字"),
        ("solved", "required") => "请写当场怎么解决的".into(),
        ("visit_place", "required") => "请写去看了哪里".into(),
        ("consent", "required") => "请写来访人怎样同意代为提交的".into(),
        ("date", "future") => "日期在今天以后，请重新选".into(),
        ("date", _) => "请选是哪一天接待的".into(),
        ("outcome", "required") => "请选怎么处理".into(),
        ("outcome", _) => "改成“转为意见”，请在记录页点“转为意见”，写明来访人怎样同意".into(),
        ("deputies", "too_many") => format!("一条记录最多 {limit} 位接待人"),
        ("deputies", _) => "有一位接待人不在名册里，请重新勾选".into(),
        ("appointment_id", _) => "这位来访人不在这场接待里，请重新选".into(),
        ("file", "required") => "请选台账文件".into(),
        ("file", "too_big") => "文件太大了，请分成几个，每个不超过 1 MB".into(),
        ("file", "too_many") => format!("行数太多了，请分成几个文件，每个不超过 {limit} 行"),
        ("file", "empty") => "标题下面没有内容，请核对是不是选对了文件".into(),
        ("file", "columns") => "第一行要有“接待日期”和“事由”两列的标题。可以下载模板对照".into(),
        ("file", "no_good_rows") => "没有一行可以导入，请改好再来".into(),
        ("file", _) => "这个文件打不开，请存成 Excel（.xlsx）或 CSV 再选".into(),
        ("station", _) => "请选是哪个联络站的".into(),
        _ => errors::field(error),
    }
}
