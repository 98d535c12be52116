"""Chinese names in running text: by surname, by how people are addressed, by what stands before a name."""

import re
from collections.abc import Iterator

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤康易常文牛樊葛邢安齐伍庞"
    "施洪季翟倪章鲁俞殷柯翁辛聂耿关焦凌祝纪霍涂裴路岳甘左冉包毕舒尚柳詹车房卜单查苑阮柴褚闵费解申蒙佟苗瞿卓臧鲍蒲冷娄"
    "谷尤桑宫盛祁宁莘云敖"
)
DOUBLE = "欧阳|司马|上官|诸葛|司徒|东方|独孤|南宫|夏侯|皇甫|尉迟|公孙|慕容|长孙|宇文|令狐|端木|呼延|乌兰"
TITLES = (
    "奶奶|爷爷|姥姥|姥爷|外婆|外公|大爷|大娘|大妈|大叔|大婶|大姐|大哥|阿姨|叔叔|伯伯|伯母|婆婆|婶|姨|嫂|哥|姐|爷|奶|伯|"
    "先生|女士|小姐|太太|夫人|老师|同志|师傅|老人|老太|老汉|同学|小朋友|医生|大夫|护士|律师|主任|书记|经理|校长|教练|家"
)
GIVEN = (
    "秀英丽华伟强芳娜敏静磊军洋勇艳杰娟涛明超兰霞平刚桂玉凤珍珠红梅云淑贞慧琴香莲菊花春秋冬雪月星晨阳辉宇浩然轩梓涵"
    "子豪博文俊德志国建民生福禄寿喜庆祥瑞吉利金银铜铁富贵荣光宗耀祖世昌盛永恒长久安康宁和顺仁义礼智信忠孝诚正才良善"
    "美佳欣怡婷婉媛嫣雅倩茜莹萍莉菲蓉薇洁琳琪瑶璐瑾瑜璇玲珊珂欢欣悦乐笑颜思梦诗画书琴棋墨青蓝紫翠碧丹彤彩虹霖雨露霜"
    "松柏林森树枝叶根山川江河海波涛浪泽润泉溪清源龙虎豹鹏飞翔鹤燕莺鸿雁凯胜捷威武斌彬炳焕煜烨炎焱灿烁晓旭昊晗晴晖"
    "大小二三兴旺发达成立新天佑承继先宏伟业家邦振东南西北中原敬爱亲友朋学习进步向前卫革命跃卫星援朝解放胜利抗美凤仙芝"
    "兵岩峰岭峻岳坤培城基堂增坚均培垚园艺苗茂萌蕾蓓荷荣莎蒙蔚希帆常幸广康庭延廷弘彦彪御心必志忠念怀恩惠愉慈懿成战扬"
)
#: Everyday words that begin with a surname.
EVERYDAY = re.compile(
    "云南|云中|云端|云海|云层|云朵|云梯|云游|高兴|高中|高大|高山|方便|方向|方法|马上|马路|平时|安全|安心|安装|安排|万一|万家|和平|和睦|常常|常年|常用|文化|文明|文学|"
    "文艺|金属|金秋|江南|江北|江河|白天|白云|白色|黄河|黄色|黄金|石头|石山|石家|路灯|路边|路平|路过|车子|车辆|车库|房子|房屋|"
    "房租|毛衣|毛笔|严重|严格|康复|康乐|易学|于是|余生|余地|何时|何地|何处|许多|任务|任何|成立|程序|单独|单位|查看|解放|解决|"
    "申请|关心|关爱|关于|冷天|冷清|盛大|盛业|谷子|桑叶|夏天|夏日|史书|时光|向前|向上|向阳|向日|左右|左家|包子|包书|包月|尚未|"
    "苏北|苏州|叶子|田园|田地|林业|林中|花园|汤圆|牛奶|龙舟|雷雨|钟表|钱包|武术|费心|费用|祝福|纪念|苗圃|宁静|宁愿"
)
SPEAKS_OF = (
    "我是|我叫|名叫|叫做|叫|姓名|本人|联系人|居民|党员|户主|老伴|儿子|女儿|孙子|孙女|儿媳|女婿|母亲|父亲|妈妈|爸爸|丈夫|妻子|邻居|"
    "请找|找|联系|姓"
)
#: Names of one word, without a surname, as many people here have them.
ONE_WORD = (
    "巴特尔|巴图|其木格|乌云|乌兰图雅|娜仁|斯琴|高娃|萨仁|图雅|格日勒|苏日娜|哈斯|牧仁|阿木尔|朝鲁|布和|宝音|那日苏|孟和|达来|"
    "青格勒|额尔敦|敖登|通拉嘎|塔娜|萨日娜|乌日娜|呼和(?!浩特)|特木尔|阿拉坦|苏和|满都拉|道尔吉|毕力格|吉日嘎拉"
)
HAN = r"[\u4e00-\u9fff]"
SURNAME = rf"(?:{DOUBLE}|[{SURNAMES}])"

TITLED = re.compile(rf"{SURNAME}{HAN}{{0,2}}?(?P<title>{TITLES})")
#: In the middle of a sentence only what looks like a given name is taken for one.
RUNNING = re.compile(rf"{SURNAME}[{GIVEN}]{{2}}")
OTHERS = (
    re.compile(rf"(?:老|小|阿|大)[{SURNAMES}](?!{HAN}?(?:学|区|路|米|时|车))"),
    re.compile(rf"(?:{SPEAKS_OF})(?:是|为|叫|[:：])?\s*(?P<name>{SURNAME}\s*{HAN}(?:\s*{HAN})?)"),
    re.compile(rf"(?<!{HAN}){SURNAME}\s*{HAN}(?:\s*{HAN})?(?!{HAN})"),
    re.compile(rf"(?:{DOUBLE})[{GIVEN}]"),
    re.compile(rf"{SURNAME}(?:某某?|[XxＸ×*]{{1,2}})"),
    re.compile(rf"姓\s*(?P<name>{SURNAME})"),
    re.compile(ONE_WORD),
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where there seems to be a name."""
    for pattern in (TITLED, RUNNING, *OTHERS):
        place = 0
        while hit := pattern.search(text, place):
            group = "name" if "name" in pattern.groupindex else 0
            if not _is_everyday(hit, hit.start(group), hit.end(group)):
                yield hit.start(group), hit.end(group)
            place = hit.start() + 1  # a name may begin within what was none


def _is_everyday(hit: re.Match, start: int, end: int) -> bool:
    """Whether an everyday word stands there: before a title, at the start of a run of signs, else as the whole."""
    word = EVERYDAY.match(hit.string, start)
    if word is None:
        return False
    if hit.re is TITLED:
        return word.end() <= hit.start("title")
    return hit.re is RUNNING or word.end() == end
