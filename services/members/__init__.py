"""Units, places and people: who belongs where, who may do what, who is signed in.

A *unit* (单位) is a member unit (成员单位) of the joint committee (区域联合党委); its branch (党支部) is its members'
home. A *place* (小区、楼栋、单元) is a compound, a building or an entrance. A *member* has a dual identity (双重身份):
a home branch and a place in the community. A *grant* gives a person a role somewhere for a time.
"""
