//! Texts to begin a reply with that every new district has: one for each way a matter ends. They ask for facts where a
//! form letter would have phrases; what stands in 【】 is to be replaced.

use crate::lifecycle::ReplyParts;

/// A text that ships.
#[derive(Clone, Copy, Debug)]
pub struct ShippedTemplate {
    /// Its id, the same in every district.
    pub id: &'static str,
    pub name: &'static str,
    found: &'static str,
    done: &'static str,
    plan: &'static str,
}

impl ShippedTemplate {
    /// The parts of the reply.
    pub fn parts(&self) -> ReplyParts {
        ReplyParts {
            found: self.found.to_owned(),
            done: self.done.to_owned(),
            plan: self.plan.to_owned(),
        }
    }
}

/// One for each outcome, and one for what needs an explanation.
pub const SHIPPED_TEMPLATES: &[ShippedTemplate] = &[
    ShippedTemplate {
        id: "shared-a",
        name: "A 已经办好",
        found: "【几月几日】我们到【地点】看过，情况是：【看到了什么、原因是什么】。",
        done: "【几月几日】已经【做了什么】，现在【可以怎样】。",
        plan: "【谁】会在【几月几日】再去看一次。还有问题请打下面的电话。",
    },
    ShippedTemplate {
        id: "shared-b",
        name: "B 定了日子正在办",
        found: "【几月几日】我们到【地点】看过，情况是：【看到了什么、原因是什么】。",
        done: "已经先【做了什么临时措施】。",
        plan: "【单位】从【几月几日】开始【做什么】，【几月几日】前完成，到时会告诉您结果。",
    },
    ShippedTemplate {
        id: "shared-c",
        name: "C 现在办不了",
        found: "我们核实了【什么】，情况是：【查到了什么】。",
        done: "为此我们【联系过谁、试过什么办法】。",
        plan: "等到【什么条件具备】，我们会【做什么】。在这之前，您可以【怎么办、找谁】。",
    },
    ShippedTemplate {
        id: "shared-d",
        name: "D 留作参考",
        found: "您提的【建议】我们看过了，现在的做法是：【现状】。",
        done: "已经把您的意见报给【谁】。",
        plan: "【什么时候】研究【什么】时会用到它。",
    },
    ShippedTemplate {
        id: "shared-q",
        name: "咨询答疑",
        found: "按【哪份文件的哪一条】，【规定是什么】。",
        done: "您说的情况【适用／不适用】，因为【原因】。",
        plan: "要办的话，请带【材料】到【地点】，时间是【什么时候】。",
    },
];
