//! The three axes' states and the small enums around them.

/// Declares an enum whose variants travel as `snake_case` text and can be listed and parsed.
macro_rules! coded_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every value, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code that travels in JSON and stands in the database.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a code, if it is one.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $crate::wire::Wire for $name {
            fn from_json(json: $crate::wire::Json, ok: &mut bool) -> Self {
                let known = match &json {
                    $crate::wire::Json::Text(text) => Self::ALL.iter().copied().find(|value| value.code() == text),
                    _ => None,
                };
                known.unwrap_or_else(|| {
                    *ok = false;
                    Self::ALL[0]
                })
            }
        }
    };
}
pub(crate) use coded_enum;

coded_enum! {
    /// What happens to the matter (`message.state`).
    CaseState {
        /// 已提交: receipt and query code given.
        Submitted = "submitted",
        /// 待人工核验: the automatic filter is unsure; a person must look.
        ScreeningHold = "screening_hold",
        /// 待补充: a question to the resident; the clock is paused.
        NeedInfo = "need_info",
        /// 已受理: class, urgency and due date are fixed.
        Accepted = "accepted",
        /// 代表处理中.
        WithDeputy = "with_deputy",
        /// 已交办: at least one task waits for a signature.
        Assigned = "assigned",
        /// 办理中: the lead unit signed.
        InProgress = "in_progress",
        /// 协商分拨.
        Arbitration = "arbitration",
        /// 答复审核.
        ReplyReview = "reply_review",
        /// 已答复待评价.
        Answered = "answered",
        /// 不满意待核.
        Disputed = "disputed",
        /// 二次办理.
        SecondHandling = "second_handling",
        /// 承诺跟踪.
        Tracking = "tracking",
        /// 已办结.
        Closed = "closed",
        /// 不予受理.
        Declined = "declined",
        /// 转介外部渠道.
        Referred = "referred",
        /// 并案.
        Merged = "merged",
        /// 已撤回.
        Withdrawn = "withdrawn",
        /// 归档: personal data removed.
        Archived = "archived",
    }
}

coded_enum! {
    /// One unit's piece of work (`assignment.state`).
    TaskState {
        Dispatched = "dispatched",
        Signed = "signed",
        Working = "working",
        DraftReply = "draft_reply",
        InternalReview = "internal_review",
        Submitted = "submitted",
        AcceptedByOffice = "accepted_by_office",
        ReturnRequested = "return_requested",
        Returned = "returned",
        ExtensionRequested = "extension_requested",
        SentBack = "sent_back",
        Cancelled = "cancelled",
    }
}

coded_enum! {
    /// What the public may see. Never inferred from the case's state.
    PublicationState {
        Private = "private",
        /// The redacted copy is drawn up and shown to the resident.
        Pending = "pending",
        Published = "published",
        Refused = "refused",
        Hidden = "hidden",
    }
}

coded_enum! {
    /// What kind of letter it is (求助|建议|投诉|咨询|表扬).
    LetterKind { Help = "help", Suggestion = "suggestion", Complaint = "complaint", Question = "question", Praise = "praise" }
}

coded_enum! {
    /// How urgent the matter is.
    Urgency { Normal = "normal", Urgent = "urgent", Emergency = "emergency" }
}

coded_enum! {
    /// How hard a matter is to answer; decides the answer's limit (simple 5, normal 15, urgent 3 work days).
    CaseClass { Simple = "simple", Normal = "normal", Urgent = "urgent" }
}

coded_enum! {
    /// How a matter ended: A solved, B promised by a date, C cannot be done now, D noted for reference.
    Outcome { A = "A", B = "B", C = "C", D = "D" }
}

coded_enum! {
    /// Who acts.
    Role {
        Resident = "resident",
        Deputy = "deputy",
        UnitOfficer = "unit_officer",
        UnitLeader = "unit_leader",
        StationOfficer = "station_officer",
        StationLeader = "station_leader",
        Moderator = "moderator",
        Auditor = "auditor",
        Admin = "admin",
        /// A background job or an automatic consequence.
        System = "system",
    }
}

coded_enum! {
    /// A unit's part in a matter: lead (主办) or co (协办).
    TaskRole { Lead = "lead", Co = "co" }
}

coded_enum! {
    /// Who has the ball.
    HolderKind { Resident = "resident", Office = "office", Deputy = "deputy", Unit = "unit", Nobody = "nobody" }
}

coded_enum! {
    /// Who may read an event.
    Visibility { Public = "public", Resident = "resident", Staff = "staff" }
}

coded_enum! {
    /// When somebody spoke with the resident (三次沟通).
    ContactStage {
        /// 办理前.
        Before = "before",
        /// 办理中.
        During = "during",
        /// 办理后, before the answer goes out.
        After = "after",
    }
}

coded_enum! {
    /// How somebody spoke with the resident.
    ContactMeans { Phone = "phone", Visit = "visit", Meeting = "meeting", Message = "message" }
}

coded_enum! {
    /// How a letter came that staff filed for a resident.
    FiledVia {
        Phone = "phone",
        Visit = "visit",
        Paper = "paper",
        Reception = "reception",
        Helper = "helper",
        /// Asked at an event; see [`crate::events`].
        Event = "event",
    }
}

coded_enum! {
    /// "Is the problem solved?" Not needed for questions and suggestions.
    Solved { Yes = "yes", Partly = "partly", No = "no", NotNeeded = "na" }
}

coded_enum! {
    /// How the resident's name is shown to others.
    NameShown {
        /// 「听海区居民」.
        Hidden = "hidden",
        /// The family name, 「李女士」-like, towards unit and deputy only.
        ToHandlers = "to_handlers",
        /// The name they gave stands in the published copy too.
        Public = "public",
    }
}
