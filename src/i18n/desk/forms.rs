//! The words of the desk's forms: one entry an action, one entry a field.

use liaison_domain::lifecycle::{EventKind, Outcome, RefusalKind};

/// What an action is called, from its button to the message after it.
#[derive(Clone, Copy)]
pub struct ActionWords {
    /// On the button.
    pub verb: &'static str,
    /// Above the form: what follows from it.
    pub intro: &'static str,
    /// On the form's own button.
    pub submit: &'static str,
    /// Said when it is done.
    pub done: &'static str,
    /// The single key that opens it.
    pub key: &'static str,
}

const fn words(
    verb: &'static str,
    key: &'static str,
    intro: &'static str,
    submit: &'static str,
    done: &'static str,
) -> ActionWords {
    ActionWords {
        verb,
        intro,
        submit,
        done,
        key,
    }
}

/// The words of an action of the desk; none for what residents and the system do.
pub const fn action(kind: EventKind) -> Option<ActionWords> {
    use EventKind as E;
    Some(match kind {
        E::Accept => words(
            "受理",
            "a",
            "来信人会收到受理通知和答复期限。分类是系统猜的，不对就改。",
            "受理",
            "已受理",
        ),
        E::ToDeputy => words(
            "转给代表",
            "d",
            "代表要在 5 个工作日内答复或转回，到期没动会自动回到联络站。",
            "转给代表",
            "已转给代表",
        ),
        E::Assign => words(
            "交办",
            "s",
            "主办单位负责答复，协办单位给主办单位意见。单位要在 2 个工作日内签收。",
            "交办",
            "已交办",
        ),
        E::AskInfo => words(
            "请来信人补充",
            "i",
            "来信人有 5 天时间补充，这段时间不计入办理期限。一次问清楚，少打扰。",
            "发给来信人",
            "问题已发给来信人",
        ),
        E::Decline => words(
            "不予受理",
            "x",
            "理由和去处会原样发给来信人。来信人 15 天内可以申诉一次，由另一位工作人员复核。",
            "确定不予受理",
            "已告知来信人不予受理",
        ),
        E::Refer => words(
            "转介外部渠道",
            "f",
            "不归联络站办、又有专门渠道的事，告诉来信人去哪里、怎么联系。",
            "转介",
            "已转介",
        ),
        E::ReturnApproved => words(
            "同意退件",
            "y",
            "这件事会回到联络站，重新交办给别的单位。",
            "同意退件",
            "已同意退件，请重新交办",
        ),
        E::ReturnRefused => words(
            "不同意退件",
            "t",
            "单位会看到您的理由。不同意就视为已签收，由它继续办。",
            "不同意退件",
            "已答复单位：不同意退件",
        ),
        E::Dispute => words(
            "提请协商",
            "g",
            "几家单位都说不归自己，就转到协商。3 个工作日内定下承办单位，定了不能再退。",
            "转到协商",
            "已转到协商",
        ),
        E::Award => words(
            "指定承办单位",
            "g",
            "协商后指定的单位不能再退件。",
            "指定",
            "已指定承办单位",
        ),
        E::ReassignUnit => words("职责划转", "z", "单位职责划给了别的单位。期限不变。", "划转", "已划转"),
        E::ExtensionApproved => words(
            "同意延期",
            "e",
            "来信人会收到新的期限和单位的理由。只能延一次。",
            "同意延期",
            "已同意延期",
        ),
        E::ExtensionRefused => words(
            "不同意延期",
            "w",
            "单位会看到您的理由，原来的期限不变。",
            "不同意延期",
            "已答复单位：不同意延期",
        ),
        E::Release => words(
            "审核通过，发给来信人",
            "r",
            "发出后来信人会收到答复，并可以评价。",
            "发给来信人",
            "答复已发给来信人",
        ),
        E::SendBack => words(
            "退回修改",
            "b",
            "写清楚要改哪里，承办单位会看到这段话。",
            "退回修改",
            "已退回承办单位修改",
        ),
        E::Reopen => words(
            "二次办理",
            "o",
            "换一位签发人，由指定的领导牵头，10 个工作日内再答复一次。",
            "开始二次办理",
            "已开始二次办理",
        ),
        E::KeepClosed => words(
            "维持办结",
            "c",
            "理由会发给来信人，并附监督渠道。这件事仍计入不满意。",
            "维持办结",
            "已维持办结",
        ),
        E::Merge => words(
            "并案",
            "m",
            "同一件事并到一起办。来信人会收到并入的编号，7 天内可以说“不是同一件事”。",
            "并案",
            "已并案",
        ),
        E::Unmerge => words("取消并案", "u", "这件事重新单独办理。", "取消并案", "已取消并案"),
        E::Supervise => words(
            "督办",
            "v",
            "由领导签发，承办单位会看到督办要求和时间。",
            "督办",
            "已督办",
        ),
        E::ProposeCopy => words(
            "准备公开副本",
            "p",
            "公开的是另一份去掉个人信息的副本。先给来信人看，他没有意见再公开。",
            "给来信人看",
            "副本已给来信人看",
        ),
        E::Publish => words(
            "公开",
            "l",
            "公开后谁都能看到这份副本，原信仍只有办理的人能看。",
            "公开",
            "已公开",
        ),
        E::RefusePublish => words("不公开", "q", "这份副本不公开，不影响办理。", "不公开", "已决定不公开"),
        E::Hide => words(
            "隐藏",
            "h",
            "公众端会去掉内容，只留编号、状态和隐藏原因。来信人和代表会收到通知。",
            "隐藏",
            "已隐藏",
        ),
        E::Unhide => words("恢复公开", "u", "公众端会重新显示这份副本。", "恢复公开", "已恢复公开"),
        E::Sign => words("签收", "s", "签收后由下面这位同志具体办理。", "签收", "已签收"),
        E::ProgressNote => words(
            "记办理进展",
            "p",
            "给来信人看的进展会出现在他的进度页；内部记录只有办理的人能看。",
            "记下",
            "进展已记下",
        ),
        E::ReturnRequest => words(
            "申请退件",
            "t",
            "不归本单位办的，交办后 3 个工作日内提出，写明依据和该归哪家。每家单位只能退一次。",
            "提出退件",
            "退件申请已交联络站",
        ),
        E::ExtensionRequest => words(
            "申请延期",
            "e",
            "期限到之前提出，只能延一次，来信人会看到理由。",
            "提出延期",
            "延期申请已交联络站",
        ),
        E::ToInternalReview => words(
            "送单位内部审签",
            "w",
            "草稿交给本单位负责人看。",
            "送审",
            "已送内部审签",
        ),
        E::InternalRejected => words(
            "内部退回",
            "b",
            "写清楚要改哪里，经办人会看到。",
            "退回经办人",
            "已退回经办人",
        ),
        E::SubmitReply => words(
            "写答复",
            "r",
            "答复先交联络站审核，通过后发给来信人。边写边自动保存。",
            "交联络站审核",
            "答复已交联络站审核",
        ),
        E::CoOpinion => words(
            "写协办意见",
            "o",
            "协办意见只给主办单位和联络站看，由主办单位写进答复。",
            "交给主办单位",
            "意见已交给主办单位",
        ),
        E::PromiseKept => words(
            "承诺已兑现",
            "m",
            "写清楚做了什么、在哪里能看到，来信人会被问“做到了吗”。",
            "提交",
            "已提交兑现情况",
        ),
        E::DeputyAnswer => words(
            "亲自答复",
            "r",
            "您写的话会署您的名字，直接发给来信人。",
            "发给来信人",
            "答复已发给来信人",
        ),
        E::DeputyPass => words(
            "转联络站交办",
            "t",
            "联络站会交给承办单位办，来信人会看到是您转的。",
            "转联络站",
            "已转联络站交办",
        ),
        _ => return None,
    })
}

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
        (E::Release, "forwarded_by_deputy") => ("由代表转给来信人", "不选就由联络站直接发出。"),
        (_, "words") => ("代表的话", "放在答复前面，署代表的名字。"),
        (E::Reopen, "lead") => ("二次办理的主办单位", ""),
        (_, "lead") => ("主办单位", "排在前面的是这个分类常用的单位。"),
        (_, "co") => ("协办单位", "没有就不选。"),
        (E::Award, "unit_id") => ("承办单位", ""),
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
        (_, "attachments") => (COPY_PICTURES, COPY_PICTURES_HINT),
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
pub const COPY_TITLE: &str = "公开副本";
pub const COPY_ORIGINAL: &str = "原文";
pub const COPY_PUBLIC: &str = "公开的样子";
pub const COPY_MARKS: &str = "标出的字在副本里已经遮掉或改过。";
pub const COPY_PICTURES: &str = "可以公开的照片";
pub const COPY_PICTURES_HINT: &str = "拍到人脸、车牌、门牌的不要选。";
pub const COPY_WARN: &str = "副本里好像还有个人信息，请再看一遍：";
pub const COPY_CLEAN: &str = "没有发现电话、证件号、门牌这类个人信息。姓名要您自己看一遍。";
pub const COPY_RESET: &str = "用系统遮好的文字";
pub const COPY_NO_CONSENT: &str = "来信人不同意公开，这件事不能公开。";

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
