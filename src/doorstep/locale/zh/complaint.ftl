### 意见箱里的投诉：不给被反映的人看。

complaint-about = 关于谁
complaint-about-hint = 被反映的人和单位看不到这件事，也不会交给他们办理。不说也可以，那就只由区（县）一级查看。
complaint-about-nobody = 不说，或不清楚
complaint-about-grid = 网格员、网格长、联络员
complaint-about-community = 社区（村）
complaint-about-subdistrict = 镇（街道）
complaint-community = 哪个社区（村）
complaint-community-none = 不说，或不清楚
complaint-located = 对工作人员的意见按社区受理，不再问具体位置。
complaint-concerned = 这件事反映的就是这个单位，不能交给它办理。
complaint-concerned-try = 请选择被反映的人和单位之外的单位核查。

cases-question-complaint = 这件事反映工作人员。请指定一个与此无关的单位来核查。
desk-question-complaint = 指定核查单位
complaint-nobody = 没有这个部门。
complaint-nobody-try = 请写 grid、community、subdistrict 或 department: 加部门代码。
