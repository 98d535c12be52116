"""The Chinese words of our codes, as they stand in the workbook, and what is wrong in a cell in plain words."""

from typing import Any

CATEGORIES = {
    "in_service": "在职",
    "retired": "离退休",
    "floating": "流动",
    "flexible": "灵活就业",
    "probationary": "预备",
}
LANGUAGES = {"zh": "中文", "en": "英文"}
YES_NO = {True: "是", False: "否"}
UNIT_KINDS = {
    "community": "社区",
    "sports": "体育",
    "culture": "文化",
    "school": "学校",
    "kindergarten": "幼儿园",
    "health": "卫生",
    "safety": "公安",
    "transport": "交通",
    "heating": "供热",
    "design": "设计",
    "shops": "商户",
    "bank": "银行",
    "social": "社会组织",
    "other": "其他",
}
PLACE_KINDS = {"compound": "小区", "building": "楼栋", "entrance": "单元"}
LINES = {"vertical": "纵向", "horizontal": "横向"}
NODE_KINDS = {
    "branch": "党支部",
    "compound_group": "小区党小组",
    "zone": "责任区",
    "stairwell_group": "楼道活动小组",
    "liaison_committee": "联系委员会",
    "unit": "单位党组织",
    "activity_group": "活动小组",
    "volunteer_team": "志愿者队伍",
}
SKILLS = {
    "law": "法律",
    "medicine": "医护",
    "teaching": "教学",
    "electrics": "电工",
    "plumbing": "水暖",
    "driving": "驾驶",
    "first_aid": "急救",
    "accounting": "会计",
    "calligraphy": "书法",
    "errentai": "二人台",
    "coaching": "教练",
    "sign_language": "手语",
    "mongolian": "蒙汉翻译",
}

#: What is wrong with a sheet, a column or a cell. {…} are the error's parameters.
ERRORS = {
    "unreadable": "文件已损坏，无法读取",
    "missing_sheet": "缺少这张工作表",
    "missing_column": "缺少这一列",
    "unknown_column": "不认识这一列，请删除",
    "forbidden_column": "不得收集这类信息，请删除这一列",
    "repeated_column": "这一列出现了两次",
    "merged_header": "表头有合并单元格，请取消合并",
    "merged_cell": "有合并单元格，请取消合并",
    "too_many_rows": "行数太多，最多 {max} 行",
    "required": "必须填写",
    "not_whole": "应为整数或文本，请把这一格设为文本格式后重新填写",
    "control_character": "含有不可见的控制字符",
    "too_long": "太长，最多 {max} 个字",
    "bad_code": "代码只能用字母、数字、- 和 _，最多 32 位",
    "bad_phone": "不是有效的电话号码",
    "bad_email": "不是有效的邮箱地址",
    "bad_number": "应为 {min} 到 {max} 之间的整数",
    "bad_date": "不是有效的日期，请写成 2012-10-31",
    "bad_dates": "截止日期必须晚于起始日期",
    "not_one_of": "只能填：{choices}",
    "duplicate": "与第 {other} 行重复",
    "phone_taken": "这个手机号已登记在另一名党员名下",
    "number_of_former": "这个编号属于一名已停用的党员，请先在登记页恢复",
    "unknown_unit": "没有这个单位代码",
    "unknown_place": "没有这个地点",
    "place_needs_outer": "填了单元就要填楼栋，填了楼栋就要填小区代码",
    "unknown_zone": "没有这个责任区代码",
    "unknown_group": "没有这个小组代码",
    "unknown_member": "没有这个党员编号",
    "unknown_parent": "没有这个上级代码",
    "wrong_parent": "上级的类型不对",
    "parent_loop": "上级关系绕成了圈",
    "same_person": "负责人和副职不能是同一人",
}


def sentence(code: str, params: dict[str, Any]) -> str:
    return ERRORS[code].format(**params)
