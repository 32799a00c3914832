//! The words of the desk's actions, from the button to the message after it.

use liaison_domain::lifecycle::EventKind;

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
        E::Delegate => words(
            "转下级单位办",
            "d",
            "交给下一级单位具体办，答复和期限仍由本单位负责。也可以收回来自己办。",
            "确定",
            "已改由所选单位具体办理",
        ),
        E::Contacted => words(
            "记一次联系",
            "n",
            "办理前、办理中、办理后各联系来信人一次，记下谈了什么。",
            "记下",
            "联系已记下",
        ),
        E::DraftBegun => words(
            "起草答复",
            "g",
            "替主办单位起草。边写边自动保存，主办单位能看到草稿，由它签发。",
            "保存草稿",
            "草稿已保存",
        ),
        E::FollowUpAnswered => words(
            "回答追问",
            "y",
            "来信人对答复追问一次，您的回答会直接发给他。",
            "发给来信人",
            "回答已发给来信人",
        ),
        E::DeputyRated => words(
            "评价办理情况",
            "d",
            "代表的评价单独记录，联络站和承办单位会看到。",
            "提交评价",
            "评价已记下",
        ),
        E::RatedBad => words(
            "不满意，请再办",
            "x",
            "请联络站核实后决定是否二次办理。写明哪里不满意。",
            "提交",
            "已交联络站核实",
        ),
        _ => return None,
    })
}
