//! Words of what the office does beside single letters: many at once, filters, filing for somebody, parts, calls.

use liaison_domain::lifecycle::FiledVia;

// Choosing several.
pub const CHOOSE_ONE: &str = "选中";
pub const CHOOSE_ALL: &str = "全选这一页";
pub const CHOOSE_NONE: &str = "取消选择";
pub const BULK_TITLE: &str = "对选中的来信一起办理";
pub const BULK_NONE: &str = "选中的第一件现在没有可以一起做的步骤。";
pub const BULK_LEAD: &str = "每一件都会单独核对：能办的办，不能办的会列出原因，内容都不会丢。";
pub const BULK_SAME: &str = "下面填的，对选中的每一件都一样。";
pub const BULK_AGAIN: &str = "没有办成、还在这一栏的仍然选着，可以改了再试。";

/// 「已选 5 件」.
pub fn chosen(count: usize) -> String {
    ["已选 ", &count.to_string(), " 件"].concat()
}

/// 「办好 4 件，1 件没有办成」.
pub fn bulk_done(done: u32, failed: usize) -> String {
    if failed == 0 {
        ["办好 ", &done.to_string(), " 件"].concat()
    } else {
        [
            "办好 ",
            &done.to_string(),
            " 件，",
            &failed.to_string(),
            " 件没有办成：",
        ]
        .concat()
    }
}

// Filters.
pub const FILTERS: &str = "筛选";
pub const FILTERS_ON: &str = "筛选（正在用）";
pub const FILTER_AREA: &str = "街道或社区";
pub const FILTER_CATEGORY: &str = "分类";
pub const FILTER_UNIT: &str = "主办单位";
pub const FILTER_FROM: &str = "来信不早于";
pub const FILTER_TO: &str = "来信不晚于";
pub const FILTER_SUPERVISED: &str = "只看督办的";
pub const FILTER_ANY: &str = "不限";
pub const FILTER_APPLY: &str = "按这些筛选";
pub const FILTER_CLEAR: &str = "清空筛选";
pub const FILTER_SAVED: &str = "存好的筛选";
pub const FILTER_NAME: &str = "给现在的栏目和筛选起个名字，存起来";
pub const FILTER_KEEP: &str = "存下";
pub const FILTER_KEPT: &str = "已存下";
pub const FILTER_DROP: &str = "删除";

pub const EVENTS: &str = "活动";

// Filing for a resident.
pub const FILE: &str = "代为登记";
pub const FILE_LEAD: &str =
    "群众打电话、上门、来信，或自己不会写，您可以代他登记。查询码是给他的，请念给他听或打印给他。";
pub const FILE_PHONE: &str = "来信人手机号";
pub const FILE_PHONE_HINT: &str = "他以后用这个号码也能查到这件事。";
pub const FILE_VIA: &str = "他是怎么来的";
pub const FILE_CONSENT: &str = "他怎样同意您代为登记";
pub const FILE_CONSENT_HINT: &str = "例如：电话里口头同意；本人在场，已念给他听。";
pub const FILE_BODY: &str = "他反映的事";
pub const FILE_BODY_HINT: &str = "用他的原话，写清什么事、在哪里、什么时候。";
pub const FILE_KIND: &str = "属于哪一种";
pub const FILE_CATEGORY: &str = "分类";
pub const FILE_AREA: &str = "哪个社区";
pub const FILE_PLACE: &str = "具体地点";
pub const FILE_NAME: &str = "怎么称呼他";
pub const FILE_STATION: &str = "交给哪个联络站";
pub const FILE_PUBLISH: &str = "办完后可以公开（他同意了才选）";
pub const FILE_SEND: &str = "登记";
pub const FILE_BUSY: &str = "正在登记…";
pub const FILE_DONE: &str = "已登记";
pub const FILE_TOLD: &str = "请把编号和查询码念给来信人听，或者打印给他。他用自己的手机号登录，也能查到这件事。";
pub const FILE_NO: &str = "编号";
pub const FILE_CODE: &str = "查询码（只显示这一次）";
pub const FILE_OPEN: &str = "打开这件来信";
pub const FILE_NEXT: &str = "再登记一件";
pub const FILE_PRINT: &str = "打印回执";
pub const FILE_BY: &str = "最晚这天受理";

/// How a letter came.
pub const fn via(via: FiledVia) -> &'static str {
    match via {
        FiledVia::Phone => "打电话",
        FiledVia::Visit => "上门",
        FiledVia::Paper => "来信",
        FiledVia::Reception => "接待日当面说的",
        FiledVia::Helper => "亲友或网格员陪着",
        FiledVia::Event => "在活动上提问",
    }
}

// Around a letter.
pub const UNDO: &str = "撤销刚才这一步";
pub const UNDONE: &str = "已撤销，回到上一步之前";
pub const REVEAL: &str = "看完整电话";
pub const REVEAL_WHY: &str = "为什么要看";
pub const REVEAL_HINT: &str = "会记入日志，来信人会收到通知并看到这段话。例如：约时间上门查看。";
pub const REVEAL_DO: &str = "记下原因并显示";
pub const REVEAL_SHOWN: &str = "已记入日志。离开这件来信后号码不再显示。";
pub const REVEAL_NONE: &str = "系统里没有存这位来信人的完整号码。";
pub const DOUBLES: &str = "可能是同一件事";
pub const DOUBLES_FIND: &str = "找找有没有相同的来信";
pub const DOUBLES_NONE: &str = "没有找到相近的来信。";
pub const DOUBLES_MERGE: &str = "并入这一件";
pub const JOINED: &str = "并入的来信";
pub const MERGED_INTO: &str = "已并入";
pub const PARTS: &str = "拆分的各部分";
pub const PART_OF: &str = "属于";
pub const AUTHOR_LEFT: &str = "来信人已撤回，还有其他人反映同一件事，由联络站继续办。";

/// 「相近 62%」.
pub fn likeness(percent: u32) -> String {
    ["相近 ", &percent.to_string(), "%"].concat()
}

/// 「工作人员登记：打电话」.
pub fn filed(how: FiledVia) -> String {
    ["工作人员登记：", via(how)].concat()
}

// Splitting.
pub const SPLIT: &str = "拆成几件";
pub const SPLIT_LEAD: &str =
    "一封信说了几件事，就拆开各自交办，最多 10 件。来信人仍只看这一封：各部分都答复了，才请他评价一次。";
pub const SPLIT_TITLE: &str = "小标题";
pub const SPLIT_BODY: &str = "这一部分的内容";
pub const SPLIT_BODY_HINT: &str = "从原信里摘出来，让承办单位看得懂。";
pub const SPLIT_ADD: &str = "再加一部分";
pub const SPLIT_REMOVE: &str = "去掉这一部分";
pub const SPLIT_DO: &str = "拆开";
pub const SPLIT_DONE: &str = "已拆开，请分别交办各部分";

/// 「第 2 部分」.
pub fn part(number: usize) -> String {
    ["第 ", &number.to_string(), " 部分"].concat()
}

// Calls by lot.
pub const CALLS: &str = "抽查回访";
pub const CALLS_LEAD: &str = "从已答复的来信里随机抽取，打电话问问来信人说法是不是一致。每一件被抽到的机会相同，抽过的不会再抽。电话在来信里：点标题打开，再点「看完整电话」。";
pub const CALLS_COUNT: &str = "抽几件";
pub const CALLS_DAYS: &str = "最近多少天答复的";
pub const CALLS_DRAW: &str = "抽取";
pub const CALLS_NONE: &str = "还没有抽取过。填好上面两项，点「抽取」。";
pub const CALLS_DRAWN: &str = "已抽取";
pub const CALL_OUTCOME: &str = "回访结果";
pub const CALL_NOTE: &str = "来信人怎么说";
pub const CALL_KEEP: &str = "记下";
pub const CALL_KEPT: &str = "已记下";
pub const CALL_WAITING: &str = "待回访";
pub const CALL_SCORE: &str = "来信人评分";

// The library.
pub const LIBRARY: &str = "理由与去处";
pub const LIBRARY_LEAD: &str = "不予受理、维持办结的理由和外部渠道都在这里。每条理由都要写明去处，不能只说不。";
pub const LIBRARY_TEXT: &str = "理由或名称";
pub const LIBRARY_WAY: &str = "去处或电话";
pub const LIBRARY_USED: &str = "在用";
pub const LIBRARY_UNUSED: &str = "停用";
pub const LIBRARY_KEEP: &str = "保存";
pub const LIBRARY_KEPT: &str = "已保存，从现在起用新的";
pub const LIBRARY_ADD: &str = "加一条";
pub const LIBRARY_WAY_HINT: &str = "来信人会看到。例如：请拨 12345，或者到区信访局来访接待室。";
pub const LIBRARY_NO_TEXT: &str = "请写理由或名称";
pub const LIBRARY_NO_WAY: &str = "请写明来信人可以去哪里、打哪个电话，不能只说不";

/// 「抽到 3 件」, or why there was nothing to draw.
pub fn drawn(count: usize) -> String {
    if count == 0 {
        "这些天里已答复的来信都抽过了，没有可抽的。把天数加大再试。".to_owned()
    } else {
        ["抽到 ", &count.to_string(), " 件"].concat()
    }
}

/// The three lists of the library.
pub const LIBRARY_KINDS: &[(&str, &str)] = &[
    ("decline", "不予受理的理由"),
    ("keep_closed", "维持办结的理由"),
    ("channel", "外部渠道"),
];

/// What is wrong with a field here, by the server's code; others as in all forms.
pub fn field_error(code: &str, limit: Option<u64>) -> String {
    match code {
        "invalid" => match limit {
            Some(limit) => ["请填 1 到 ", &limit.to_string(), " 之间的数"].concat(),
            None => "填得不对，请核对".to_owned(),
        },
        "count" => "至少拆成两部分，最多十部分".to_owned(),
        "last_one" => "至少要留一条在用".to_owned(),
        code => super::forms::field_error(code, limit),
    }
}
