### 事项目录的维护：版本、草稿、生效日期。

catalogue-name-unfit = 事项编号只能用小写字母、数字和连字符，以字母或数字开头，最多 59 个字符。
catalogue-name-unfit-try = 例如 street-light。
catalogue-too-long = 内容太多，无法保存。
catalogue-too-long-try = 请删减示例和关键词后再保存。
catalogue-class-removed = 小类 { $code } 已有诉求使用，不能删除。
catalogue-class-removed-try = 不再受理的，请勾选“停用”；历史诉求仍按原名称显示。
catalogue-nothing-changed = 内容与现行版本相同，没有需要保存的改动。
catalogue-nothing-changed-try = 改动后再保存，或返回列表。
catalogue-from-past = 生效日期已经过去。
catalogue-from-past-try = 请选择今天或以后的日期；选择今天即刻生效。
catalogue-from-far = 生效日期超出一年。
catalogue-from-far-try = 请选择一年以内的日期。
catalogue-from-before = “{ $name }”已有一个版本定于 { $day } 生效，新版本须晚于它。
catalogue-from-before-try = 请改选更晚的日期，或先撤回尚未生效的版本。
catalogue-take-back-late = 该版本已经生效或已撤回，不能再撤回。
catalogue-take-back-late-try = 需要改回时，请另存一个新版本。
catalogue-no-draft = 没有草稿。
catalogue-no-draft-try = 可能已由同事发布或放弃，请查看历次版本。
catalogue-overtaken = 您打开页面之后，有同事保存或发布了这一项。
catalogue-overtaken-try = 您写的内容仍在下方。请先在新窗口查看最新版本，把需要的改动合并后再保存。
catalogue-drafts-open = 以下项目还有未发布的草稿：{ $names }。
catalogue-drafts-open-try = 请先发布或放弃这些草稿，再导入。
catalogue-needed = 系统自身要用到事项“{ $item }”，不能停用。
catalogue-needed-by-danger = 危险词“{ $danger }”指向事项“{ $item }”，不能停用。
catalogue-needed-try = 请保留它，或先让危险词指向别的事项。
