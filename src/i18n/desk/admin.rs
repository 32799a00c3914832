//! Words of the administration: calendar, limits, jobs.

use liaison_domain::dto::CalendarImportResult;

// The pages and the way to them.
pub const PAGES: &str = "工作台的页面";
pub const BOARD: &str = "来信";
pub const CALENDAR: &str = "工作日历";
pub const LIMITS: &str = "办理时限";
pub const JOBS: &str = "后台任务";
pub const FORBIDDEN_TITLE: &str = "这一页只给系统管理员和监督员";
pub const LOOK_ONLY: &str = "您可以查看，修改由系统管理员来做。";
pub const EDIT: &str = "修改";
pub const SAVE: &str = "保存";
pub const SAVING: &str = "正在保存…";
pub const RELOAD: &str = "刷新";

// Calendar.
pub const CALENDAR_LEAD: &str = "周末休息、周一到周五上班，不用登记。这里登记的是例外：放假的日子，和周末要上班的日子。改了以后，没办完的来信会自动重新计算期限，并在进度里告诉群众。";
pub const NATION: &str = "现在用的是国家公布的放假安排。您改动任何一天，就会连同这份安排一起存为本站的日历。";
pub const YEARS: &str = "年份";
pub const NO_DAYS: &str = "这一年还没有登记放假和调休。放假安排公布后，可以在下面导入文件，或者一天一天添加。";
pub const OFF: &str = "休";
pub const WORKED: &str = "班";
pub const OFF_LONG: &str = "放假";
pub const WORKED_LONG: &str = "周末上班（调休）";
pub const REMOVE: &str = "删除";
pub const ADD_TITLE: &str = "添加一天";
pub const ADD_DATE: &str = "日期";
pub const ADD_KIND: &str = "这一天";
pub const ADD_NAME: &str = "名称";
pub const ADD_NAME_HINT: &str = "例如：国庆节。";
pub const ADD: &str = "添加";
pub const IMPORT_TITLE: &str = "从文件导入";
pub const IMPORT_LEAD: &str = "可以用手机日历订阅的放假安排（.ics），也可以用表格另存的 CSV。表格每行三格：日期、holiday 或 workday（也可以写放假、上班）、名称。先预览，看过再导入。";
pub const IMPORT_FILE: &str = "选择文件";
pub const IMPORT_TEXT: &str = "文件内容";
pub const IMPORT_TEXT_HINT: &str = "选了文件会自动填在这里，也可以直接粘贴。";
pub const IMPORT_PREVIEW: &str = "预览";
pub const IMPORT_KEEP: &str = "按预览导入";
pub const IMPORT_NOT_UTF8: &str = "这个文件的文字编码读不出来。请在表格软件里另存为“CSV UTF-8”再选一次。";
pub const IMPORT_UNREADABLE: &str = "这个文件打不开，请换一个，或者把内容粘贴到下面。";
pub const IMPORT_EMPTY: &str = "请先选择文件，或者粘贴内容。";
pub const IMPORT_WRONG: &str = "没有读懂的行，导入时会跳过";

/// 「2027年」.
pub fn year(year: i32) -> String {
    [&year.to_string(), "年"].concat()
}

/// 「10月」.
pub fn month(month: u8) -> String {
    [&month.to_string(), "月"].concat()
}

/// 「删除10月1日 星期四 国庆节」, for who hears the button without its row.
pub fn remove_day(day: &str, name: &str) -> String {
    [REMOVE, day, " ", name].concat()
}

/// 「已添加：10月1日 星期四」.
pub fn added(day: &str) -> String {
    ["已添加：", day].concat()
}

/// 「已删除：10月1日 星期四」.
pub fn removed(day: &str) -> String {
    ["已删除：", day].concat()
}

/// 「第 3 行」; the whole file has no line.
pub fn line(line: u32) -> String {
    if line == 0 {
        return "整个文件".to_owned();
    }
    ["第 ", &line.to_string(), " 行"].concat()
}

/// What importing does to a day.
pub fn change(code: &str) -> &'static str {
    match code {
        "new" => "新增",
        "changed" => "改动",
        _ => "不变",
    }
}

/// Why a line was not read.
pub fn import_problem(code: &str) -> &'static str {
    match code {
        "day" => "日期读不出来，请写成 2027-10-01",
        "kind" => "第二格要写 holiday（放假）或 workday（上班）",
        "timed" => "这是按钟点的日程，不是整天的",
        "repeats" => "这是每年重复的日程，请按公布的日期一天一天写",
        "length" => "结束日期不对，或者太长了",
        "twice" => "同一天既写了放假又写了上班",
        "weekday" => "这一天本来就上班，不用登记调休",
        "unfinished" => "这个日程没有写完",
        "empty" => "里面没有一天能读出来",
        _ => "这一行读不懂",
    }
}

/// 「读到 17 天：新增 12 天，改动 2 天，不变 3 天。」
pub fn import_summary(result: &CalendarImportResult) -> String {
    let count = |code: &str| result.rows.iter().filter(|row| row.change == code).count();
    let days = |words: &str, number: usize| [words, " ", &number.to_string(), " 天"].concat();
    [
        &days("读到", result.rows.len()),
        "：",
        &days("新增", count("new")),
        "，",
        &days("改动", count("changed")),
        "，",
        &days("不变", count("same")),
        "。",
    ]
    .concat()
}

/// 「已导入，日历里新增或改动了 14 天。」
pub fn imported(result: &CalendarImportResult) -> String {
    let kept = result.rows.iter().filter(|row| row.change != "same").count();
    ["已导入，日历里新增或改动了 ", &kept.to_string(), " 天。"].concat()
}

/// What is wrong with a field of these pages.
pub fn wrong(field: &str, code: &str) -> String {
    match (field, code) {
        ("date", _) => "请选一个日期，2000 年到 2099 年之间",
        ("name", "required") => "请写名称，例如国庆节",
        ("name", _) => "名称太长了，请删到 40 个字以内",
        ("is_workday", _) => "周一到周五本来就上班，不用登记。要放假请选“放假”",
        ("value", _) => "这个值不对，请照当前值的样子写",
        ("category", _) => "没有找到这个分类，请重新选",
        _ => "这里填得不对，请检查",
    }
    .to_owned()
}

// Limits.
pub const LIMITS_LEAD: &str = "每一项都有默认值。改了以后，没办完的来信会自动重新计算期限，并在进度里告诉群众。";
pub const LIMITS_UNITS: &str = "时间这样写：2wd 是 2 个工作日，14d 是 14 天，4wh 是 4 个工作小时，4h 是 4 小时，3mo 是 3 个月。几个数用逗号隔开，开关写 true 或 false。";
pub const LIMITS_FIND: &str = "查找";
pub const LIMITS_FIND_HINT: &str = "例如：签收、答复、提醒。";
pub const LIMITS_NONE: &str = "没有找到，换个词再找。";
pub const LIMIT_NOW: &str = "现在";
pub const LIMIT_DEFAULT: &str = "默认";
pub const LIMIT_ORIGIN: &str = "依据";
pub const LIMIT_CONFIGURED: &str = "配置文件";
pub const LIMIT_CHANGED: &str = "修改";
pub const LIMIT_OWN: &str = "本站设定";
pub const LIMIT_CATEGORIES: &str = "单独设定的分类";
pub const LIMIT_FOR: &str = "用于";
pub const LIMIT_FOR_ALL: &str = "全部来信";
pub const LIMIT_VALUE: &str = "改为";
pub const LIMIT_RESET: &str = "恢复原来的值";
pub const LIMIT_SAVED: &str = "已保存，没办完的来信会跟着调整。";
pub const LIMIT_BACK: &str = "已恢复，没办完的来信会跟着调整。";

/// 「修改“签收”」.
pub fn edit_limit(meaning: &str) -> String {
    [EDIT, "“", meaning, "”"].concat()
}

/// 「2 个工作日」 of `2wd`; other values as they are.
pub fn value(text: &str) -> String {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "wd" => " 个工作日",
        "d" => " 天",
        "wh" => " 个工作小时",
        "h" => " 小时",
        "mo" => " 个月",
        _ => {
            return match text {
                "true" => "是".to_owned(),
                "false" => "否".to_owned(),
                "" => "（空）".to_owned(),
                other => other.to_owned(),
            };
        }
    };
    [digits, unit].concat()
}

/// What a limit is for, in the words of the trade; nothing for one this version does not know.
pub fn limit(key: &str) -> Option<&'static str> {
    LIMIT_WORDS
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, words)| *words)
}

const LIMIT_WORDS: &[(&str, &str)] = &[
    ("accept", "受理：收到来信后，多久内决定受理"),
    ("screening_hold", "人工核验：系统拿不准的来信，多久内有人看"),
    ("screening_urgent", "紧急核验：紧急来信多久内有人看，夜里和节假日也算"),
    ("assign", "交办：受理、代表转回或退件后，多久内交办"),
    ("sign", "签收：到时间没签，自动算签收"),
    ("sign_urgent", "急件签收：到时间没签，自动算签收"),
    ("return_request", "退件：交办后多久内可以申请"),
    ("return_request_formal", "退件（正式建议）：交办后多久内可以申请"),
    ("returns_per_unit", "退件：一个单位最多几次"),
    ("returns_per_case", "退件：一件来信最多几次，再退就协商分拨"),
    ("decide_return", "退件：联络站多久内决定"),
    ("arbitration", "协商分拨：多久内定下承办单位"),
    ("deputy_action", "代表处理：到时间没处理，回到联络站"),
    ("answer_simple", "答复：简单事项，从受理算起"),
    ("answer_normal", "答复：一般事项，从受理算起"),
    ("answer_urgent", "答复：急办事项，从受理算起"),
    ("answer_longest", "答复：手工定期限，最远能定到多久以后"),
    ("internal_review", "单位内部审签：到期前多久交到联络站"),
    ("review", "答复审核：联络站多久内审完"),
    ("co_share_percent", "协办意见：占主办时间的百分之几"),
    ("co_opinion_formal", "协办意见（正式建议）"),
    ("suggestion_answer", "正式建议：从交办到答复"),
    ("suggestion_longest", "正式建议：答复最长不超过"),
    ("extension_percent", "延期：最多延原时间的百分之几，只能一次"),
    ("extension_formal", "延期（正式建议）"),
    ("note_silence", "进展：多久没有公开进展，就提醒并列入督查"),
    ("need_info", "补充材料：等群众多久，这段时间不计时"),
    ("questions_per_stage", "补充材料：一个环节最多问几次"),
    ("survey", "评价：答复后多久内可以评价"),
    ("survey_reminder_days", "评价提醒：答复后第几天提醒"),
    ("rating_change", "评价：多久内可以改"),
    ("rating_weights", "评价：态度、过程、成效各占百分之几"),
    ("rating_bad_score", "评价：低于多少分算不满意"),
    ("rating_bad_level", "评价：哪一项低到几分算不满意"),
    ("decide_dispute", "不满意核实：联络站多久内决定"),
    ("reopen", "办结后：多久内还可以提出不满意，只能一次"),
    ("second_handling", "二次办理：多久内答复"),
    ("promise_longest", "承诺：最远能承诺到多久以后"),
    ("promise_grace", "承诺：到期后多久内还可以补证明"),
    ("look_back_days", "承诺：每隔几天回头看一次"),
    ("appeal", "申诉：多久内可以提出"),
    ("decide_appeal", "申诉（不予受理）：多久内由另一位同事决定"),
    ("decide_restriction_appeal", "申诉（限制提交）：多久内决定"),
    ("restriction_days", "限制提交：依次几天"),
    ("rate_limit_days", "限次提交：几天可以写一封"),
    ("rate_limit_term_days", "限次提交：一共限几天"),
    ("restriction_memory_days", "限制提交：多少天以前的不再累计"),
    ("follow_up", "追问：多久内答复"),
    ("follow_ups", "追问：一次答复最多问几次"),
    ("undo_minutes", "撤销：几分钟内可以撤回自己的上一步"),
    ("warn_percents", "期限提醒：用掉百分之几的时间提醒单位"),
    ("lint_window", "雷同检查：和单位最近几份答复比"),
    ("lint_similar_percent", "雷同检查：相似到百分之几提醒"),
    ("auto_accept", "自动受理：分类明确、没有风险的来信"),
    ("mass_letters", "群发：一天内同样的来信到几封，先由人看"),
    ("urge_every", "催办：隔多久可以再催"),
    ("urges", "催办：一件最多几次"),
    ("unmerge", "并案：多久内可以说“不是同一件事”"),
    ("split_parts", "拆分：最多几件"),
    ("publish_objection", "公开副本：来信人多久没有反对就可以公开"),
    ("pending_publication", "公开副本：等了多久提醒联络站"),
    ("deputy_answer_reviewed", "代表的答复要联络站看过再发"),
    ("deputy_forwards", "代表也可以转交单位的答复"),
    ("announcement_days", "接待公告：提前几天"),
    ("booking_closes", "预约：开始前多久截止"),
    ("waiting_offer", "候补：名额留多久"),
    ("retention", "归档：办结或接待后多久删去个人信息"),
    ("duplicate_metres", "疑似重复：相距几米以内"),
    ("duplicate_days", "疑似重复：几天以内"),
    ("duplicate_percent", "疑似重复：相似到百分之几"),
];

// Jobs.
pub const JOBS_LEAD: &str =
    "这些事不用人点，到时间自己做。几台服务器同时在，也只有一台在做同一件。停机期间错过的，恢复后补上。";
pub const JOB_RUNNING: &str = "正在做";
pub const JOB_WELL: &str = "正常";
pub const JOB_NEVER: &str = "还没有做过";
pub const JOB_FAILED: &str = "上次没有做成";
pub const JOB_NEXT: &str = "下一次";
pub const JOB_LAST: &str = "上一次做成";
pub const JOB_BEGUN: &str = "上一次开始";
pub const JOB_RUNS: &str = "做过";

/// 「412 次」.
pub fn runs(count: u64) -> String {
    [&count.to_string(), " 次"].concat()
}

/// A job's name, and what it does.
pub fn job(name: &str) -> (&'static str, &'static str) {
    match name {
        "clock" => ("到期处理", "自动签收、代表和补充材料超时、评价到期、承诺到期"),
        "recalculate" => ("重新计算期限", "工作日历或时限改动后，调整没办完的来信"),
        "plan" => ("排接待日程", "按规则排好今后的接待，日历改动后重排"),
        "reminders" => ("到期提醒", "提醒单位、代表、群众和联络站"),
        "bookings" => ("接待预约", "开始前的提醒、候补空位到期、结束后没有收尾的接待"),
        "restrictions" => ("解除限制", "到期的提醒、限次和限制，告诉本人"),
        "tell" => ("发出通知", "站内消息、短信和邮件"),
        "archive" => ("归档", "办结满保存期限的来信，去掉个人信息"),
        "speech" => ("录音转文字", "配置了转写服务时，把新来的录音交去转写，等人核对"),
        "sweep" => ("清理", "过期的登录、验证码，没有随信交来的照片，早已发出的消息"),
        _ => ("其他任务", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::calendar::ImportProblem;
    use liaison_domain::limits::Limits;

    #[test]
    fn every_limit_has_words_of_its_own() {
        for row in Limits::default().rows() {
            let of_library = matches!(row.key, "decline_reasons" | "keep_closed_reasons");
            assert!(of_library || limit(row.key).is_some(), "{}", row.key);
        }
    }

    #[test]
    fn every_problem_of_an_import_has_words_of_its_own() {
        let unknown = import_problem("");
        for problem in ImportProblem::ALL {
            assert_ne!(import_problem(problem.code()), unknown, "{}", problem.code());
        }
    }

    #[test]
    fn a_length_of_time_is_read_as_people_say_it() {
        for (text, said) in [
            ("2wd", "2 个工作日"),
            ("3mo", "3 个月"),
            ("true", "是"),
            ("3, 10", "3, 10"),
            ("50", "50"),
        ] {
            assert_eq!(value(text), said);
        }
    }
}
