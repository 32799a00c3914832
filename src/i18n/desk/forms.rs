//! The words of the desk's forms: labels, hints, choices, what is missing.

pub use super::actions::action;
use liaison_domain::lifecycle::{ContactMeans, ContactStage, EventKind, Outcome, RefusalKind};

/// Label and hint of a field of an action.
pub fn field(kind: EventKind, name: &str) -> (&'static str, &'static str) {
    use EventKind as E;
    match (kind, name) {
        (_, "category_id") => ("分类", "选到第二级，推荐承办单位会跟着变。"),
        (_, "class") => ("难易程度", "决定答复期限。"),
        (_, "urgency") => ("紧急程度", ""),
        (E::Accept, "due_at") => ("答复期限", "按难易程度算好了，可以改早或改晚。"),
        (E::Assign, "due_at") => ("办理期限", "不填就用受理时定的期限。"),
        (_, "reason_code") => ("理由", ""),
        (E::Decline, "text") => (
            "给来信人的说明",
            "结合这件事说几句。上面的理由和去处会自动附上，不用再抄。",
        ),
        (E::AskInfo, "text") => ("要问来信人什么", "例如：是几号楼几单元？最近一次是哪天？"),
        (_, "channel") => ("转到哪个渠道", ""),
        (_, "reference") => ("对方的受理编号", "知道就填，方便来信人去查。"),
        (E::Refer, "text") => ("给来信人的说明", "告诉他为什么转、怎么联系。"),
        (E::ToDeputy, "deputy_id") => ("转给哪位代表", ""),
        (E::Release, "forwarded_by_deputy") => ("怎样发给来信人", ""),
        (_, "words") => ("代表的话", "放在答复前面，署代表的名字。"),
        (E::Reopen, "lead") => ("二次办理的主办单位", ""),
        (_, "lead") => ("主办单位", "排在前面的是这个分类常用的单位。"),
        (_, "co") => ("协办单位", "没有就不选。"),
        (E::Award, "unit_id") => ("承办单位", ""),
        (E::Delegate, "unit_id") => ("由哪家单位具体办", "只能转给下一级，答复和期限仍由本单位负责。"),
        (_, "unit_id") => ("划给哪家单位", ""),
        (E::Reopen, "leader") => ("牵头领导", "写姓名和职务，例如：周启明 副局长。"),
        (E::Assign, "leader") => ("牵头领导", ""),
        (E::Supervise, "leader") => ("签发督办的领导", "写姓名和职务。"),
        (_, "note") => ("给承办单位的话", "只有办理的人能看。"),
        (E::Reopen, "text") => ("为什么要再办一次", "写清楚上次答复差在哪里、这次要做到什么。"),
        (E::KeepClosed, "text") => ("给来信人的说明", "结合这件事说几句。上面的理由会自动附上。"),
        (E::SendBack, "text") => ("要改哪里", "例如：请写明完工日期和联系人。"),
        (E::Merge, "into") => ("并到哪一件", "填对方的编号，例如 TH-2026-004213。"),
        (E::Merge, "text") => ("为什么是同一件事", "来信人会看到。"),
        (E::Supervise, "due_at") => ("督办期限", ""),
        (E::Supervise, "text") => ("督办要求", ""),
        (_, "task_id") => ("哪一项任务", ""),
        (_, "section") => ("承办科室", "例如：物业管理科。"),
        (_, "officer") => ("经办人", "写姓名，联络站有事找他。"),
        (E::ProgressNote, "text") => ("进展", "例如：今天已到现场，配件下周一到货。"),
        (_, "public") => ("给谁看", ""),
        (_, "legal_basis") => ("退件依据", "写明哪部法规、哪份职责清单的哪一条。"),
        (_, "proposed_unit") => ("应当归哪家单位", ""),
        (_, "until") => ("延到哪天", "最多比原来的时间多一半。"),
        (E::ExtensionRequest, "text") => ("为什么要延期", "来信人会看到。"),
        (E::CoOpinion, "text") => ("协办意见", ""),
        (_, "outcome") => ("办理结果", "按实际情况选，来信人会看到。"),
        (E::ProposeCopy, "body") => ("来信", ""),
        (E::DeputyAnswer, "body") => ("给来信人的答复", "直接说做了什么、结果怎样、之后找谁。"),
        (_, "body") => ("答复", "来信人看到的就是这些字。先说结果，再说怎么办的。"),
        (_, "promise_date") => ("承诺哪天办好", "到那天系统会自动回访。"),
        (E::RefusePublish, "reason") => ("不公开的理由", ""),
        (E::Hide, "reason") => ("隐藏的原因", "会写在公众端的页面上。"),
        (_, "reason") => ("为什么现在办不了", "来信人会看到，写依据，也写将来什么条件下能办。"),
        (_, "contact") => ("来信人可以找谁问", "科室和电话，例如：物业管理科 0590-555-0101。"),
        (_, "signed_off_by") => ("本单位签发人", "写姓名和职务，二次办理时要换一位。"),
        (_, "evidence") => ("兑现情况", "做了什么、什么时候完成、在哪里能看到。"),
        (E::DeputyPass, "text") => ("给联络站的话", "例如：这事涉及住建和消防，请一起交办。"),
        (E::Dispute, "text") => ("为什么要协商", ""),
        (E::Award, "text") => ("协商结果", "承办单位会看到。"),
        (E::Hide, "text") => ("写明原因", "会写在公众端的页面上。"),
        (E::ProposeCopy, "attachments") => (COPY_PICTURES, COPY_PICTURES_HINT),
        (_, "attachments") => ("照片", "最多 9 张，来信人会看到。拍到别人的脸和车牌就不要用。"),
        (_, "found") => ("什么情况", "几月几日去了哪里、看到什么、查到什么原因。"),
        (_, "done") => ("做了什么", "已经做的事和现在的结果。"),
        (_, "plan") => ("接下来", "谁、哪天、做什么。都办完了就不用写。"),
        (_, "acknowledged") => ("答复检查的提醒", ""),
        (_, "stage") => ("什么时候的沟通", ""),
        (_, "means") => ("怎样联系的", ""),
        (E::Contacted, "text") => (
            "谈了什么",
            "来信人说了什么、我们答应了什么。来信人的进度页会显示有过这次联系。",
        ),
        (E::Delegate, "text") => ("给对方的话", "要办什么、什么时候报结果。"),
        (E::FollowUpAnswered, "text") => ("回答", "直接回答来信人的追问，他会看到这些字。"),
        (_, "attitude") => ("办理态度", ""),
        (_, "process") => ("办理过程", ""),
        (_, "result") => ("办理成效", ""),
        (_, "solved") => ("问题解决了吗", ""),
        (_, "reasons") => ("哪里不满意", "至少选一项，或者在下面写明。"),
        (E::DeputyRated | E::RatedBad, "text") => ("还想说的", "联络站和承办单位会看到。"),
        (_, "text") => ("理由", "对方会看到这段话。"),
        (_, "title") => ("标题", ""),
        (_, "answer") => ("答复", ""),
        _ => ("内容", ""),
    }
}

/// What a person reads beside a field that was left empty.
pub fn missing(label: &str, chosen: bool) -> String {
    [if chosen { "请选择" } else { "请填写" }, label].concat()
}

/// The four outcomes: what they are called and when they are right.
pub const fn outcome(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::A => ("A 已经解决", "问题已办好，或要求已采纳。"),
        Outcome::B => ("B 定了日子，正在解决", "写明哪天办好，到期自动回访。"),
        Outcome::C => ("C 现在办不了", "条件或规定不允许，写明原因。"),
        Outcome::D => ("D 留作参考", "意见已记下，作为今后工作的参考。"),
    }
}

pub const PUBLIC_NOTE: (&str, &str) = ("给来信人看", "会出现在他的进度页。");
pub const INTERNAL_NOTE: (&str, &str) = ("内部记录", "只有办理的人能看。");
pub const CLASS_SIMPLE: &str = "5 个工作日内答复，咨询和小事。";
pub const CLASS_NORMAL: &str = "15 个工作日内答复。";
pub const CLASS_URGENT: &str = "3 个工作日内答复，4 小时内签收。";
pub const BY_STATION: &str = "联络站直接发出";

/// 「由陆知遥转给来信人」.
pub fn by_deputy(name: &str) -> String {
    ["由", name, "转给来信人"].concat()
}

pub const USUAL_UNITS: &str = "这个分类常用";
pub const OTHER_UNITS: &str = "其他单位";
pub const THEIR_DEPUTY: &str = "来信人写给的代表";
pub const WAY_OUT: &str = "去处：";
pub const SUBMIT_BUSY: &str = "正在提交…";
pub const DATE_PAST: &str = "日期要在今天之后";
pub const DATE_WRONG: &str = "日期写得不对，请重新选";
pub const NO_SUCH_CASE: &str = "没有找到这个编号，请核对";
pub const SAME_CASE: &str = "这就是本件的编号，请填要并入的那一件";
pub const DRAFT_FOUND: &str = "已接着上次没写完的内容。";
pub const DRAFT_DROP: &str = "清空重写";

// The redacted copy.
pub const COPY_ORIGINAL: &str = "原文";
pub const COPY_MARKS: &str = "标出的字在副本里已经遮掉或改过。";
pub const COPY_PICTURES: &str = "可以公开的照片";
pub const COPY_PICTURES_HINT: &str = "拍到人脸、车牌、门牌的不要选。";
pub const COPY_WARN: &str = "副本里好像还有个人信息，请再看一遍：";
pub const COPY_CLEAN: &str = "没有发现电话、证件号、门牌这类个人信息。姓名要您自己看一遍。";

/// What is wrong with a field, by the server's code.
pub fn field_error(code: &str, limit: Option<u64>) -> String {
    let number = limit.map(|limit| limit.to_string()).unwrap_or_default();
    match code {
        "required" | "text_missing" => "这里不能空着".to_owned(),
        "too_short" => ["太短了，至少写 ", &number, " 个字"].concat(),
        "too_long" => ["太长了，最多 ", &number, " 个字"].concat(),
        "too_many" => ["太多了，最多 ", &number, " 个"].concat(),
        "date_invalid" => "日期不能用：要在今天之后，也不能超过允许的期限".to_owned(),
        "unknown" => "没有找到这一项，请重新选".to_owned(),
        code => match RefusalKind::from_code(code) {
            Some(kind) => super::refusal(kind).to_owned(),
            None => "这里填得不对，请改一下".to_owned(),
        },
    }
}

pub const PARTS_EMPTY: &str = "三部分里至少写一部分";
pub const UNREAD: &str = "每条提醒都看过、勾上，才能发出";
pub const READ_AND_RELEASE: &str = "看过了，仍然这样发出";
pub const REASON_NEEDED: &str = "请选一项不满意的地方，或者写明";
pub const TAKE_BACK: &str = "收回，本单位自己办";
pub const TAKE_BACK_HINT: &str = "对方不再看到这件事。";

// Texts to begin with.
pub const TEMPLATE: &str = "用模板开头";
pub const TEMPLATE_HINT: &str = "只填还空着的部分，已经写的不会动。【】里的要换成这一件的实际情况。";
pub const TEMPLATE_NONE: &str = "不用模板";
pub const TEMPLATE_USED: &str = "已填入模板，请把【】里的换成实际情况。";
pub const TEMPLATE_FULL: &str = "三部分都写了，模板没有填入。";
pub const TEMPLATE_KEEP_TITLE: &str = "存为本单位模板";
pub const TEMPLATE_NAME: &str = "模板名称";
pub const TEMPLATE_KEEP: &str = "存下";
pub const TEMPLATE_KEPT: &str = "已存为本单位模板。";
pub const TEMPLATE_GONE: &str = "模板已删除。";
pub const TEMPLATE_REMOVE: &str = "删除";
pub const TEMPLATE_MISSING: &str = "先写内容，再给模板起个名字。";

/// 「本单位：路灯修复」.
pub fn template(name: &str, own: bool) -> String {
    if own {
        ["本单位：", name].concat()
    } else {
        name.to_owned()
    }
}

// Pictures.
pub const PICTURES_CHOOSE: &str = "选照片";
pub const PICTURE_REMOVE: &str = "移除";
pub const PICTURES_PENDING: &str = "照片还没传完，请等一下再提交";

/// 「还有 2 张照片在传」.
pub fn pictures_waiting(count: usize) -> String {
    ["还有 ", &count.to_string(), " 张照片在传…"].concat()
}

/// 「最多 9 张」.
pub fn pictures_most(most: usize) -> String {
    ["最多 ", &most.to_string(), " 张，多的没有加进来。"].concat()
}

/// Above the warnings of a reply: what has to be done, and advice that may be left.
pub fn unread_hint(advice: &str) -> String {
    let what = "逐条看过再勾。要改，就退回修改。";
    if advice.is_empty() {
        what.to_owned()
    } else {
        [what, "另外请留意：", advice, "。"].concat()
    }
}

pub const fn contact_stage(stage: ContactStage) -> &'static str {
    match stage {
        ContactStage::Before => "办理前",
        ContactStage::During => "办理中",
        ContactStage::After => "办理后",
    }
}

pub const fn contact_means(means: ContactMeans) -> &'static str {
    match means {
        ContactMeans::Phone => "电话",
        ContactMeans::Visit => "上门",
        ContactMeans::Meeting => "见面",
        ContactMeans::Message => "短信或微信",
    }
}

/// 「三次沟通 1/3：办理前」.
pub fn contacts_so_far(contacts: &[ContactStage]) -> String {
    let had: Vec<&str> = ContactStage::ALL
        .iter()
        .filter(|stage| contacts.contains(stage))
        .map(|stage| contact_stage(*stage))
        .collect();
    let count = [&had.len().to_string(), "/3"].concat();
    if had.is_empty() {
        ["三次沟通 ", &count, "，还没有联系过。"].concat()
    } else {
        ["三次沟通 ", &count, "：", &had.join("、")].concat()
    }
}

/// The level below one.
pub fn level_below(level: &str) -> &'static str {
    match level {
        "city" => "district",
        "district" => "street",
        "street" => "community",
        _ => "",
    }
}

/// On a folded list of boxes.
pub fn chosen(count: usize) -> String {
    if count == 0 {
        "没有选，点开选择".to_owned()
    } else {
        ["已选 ", &count.to_string(), " 项"].concat()
    }
}

pub const OTHER: &str = "other";
pub const HIDE_OTHER: &str = "其他原因";
pub const HIDE_REASONS: &[&str] = &[
    "内容涉及个人信息",
    "来信人要求隐藏",
    "内容有误，正在核实",
    "涉及正在处理的案件",
];
pub const REFUSE_HINT: &str = "来信人会看到这个理由。";
pub const COPY_BODY_HINT: &str = "姓名、电话、门牌、单位都要遮掉，让人看不出是谁写的。";

/// 「照片 2：楼道」.
pub fn picture(number: usize, alt: &str) -> String {
    let text = ["照片 ", &number.to_string()].concat();
    if alt.is_empty() {
        text
    } else {
        [&text, "：", alt].concat()
    }
}
