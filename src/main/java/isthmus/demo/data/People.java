package isthmus.demo.data;

import java.util.List;
import java.util.Locale;

/** Names, numbers and addresses as they are found in one city's files. */
final class People {
    private static final String SURNAMES =
            "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈" + "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
    private static final List<String> DOUBLE_SURNAMES = List.of("欧阳", "司马", "上官", "诸葛", "皇甫");
    private static final String GIVEN =
            "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玲红建国华志文玉梅春海燕波辉婷雪鹏飞宇浩然子涵欣怡晨轩博" + "雨佳思琪梓俊凯峰龙云鑫旭东林斌彬莉萍凤洁慧颖琳素珍爱香月莺翠竹银福贵富生德顺祥永新利民安康宁";
    static final List<String> DISTRICTS = List.of("红旗区", "卫滨区", "牧野区", "凤泉区", "新乡县", "延津县", "原阳县", "获嘉县", "封丘县", "辉县市");
    private static final List<String> ROADS = List.of(
            "平原路", "人民路", "和平大道", "新中大道", "金穗大道", "胜利街", "健康路", "解放大道", "向阳路", "文化路", "建设路", "东风路", "宏力大道", "荣校路",
            "新飞大道", "北环路", "牧野大道", "华兰大道", "中原路", "劳动街");
    private static final List<String> ESTATES = List.of(
            "锦绣花园", "阳光新城", "金谷小区", "绿都城", "世纪嘉园", "牧野新村", "星海国际", "恒大绿洲", "宝龙广场", "化工家属院", "棉纺厂家属院", "师范家属院", "怡园小区",
            "诚城小区", "和谐家园", "翡翠城", "丽景苑", "平安里");
    private static final List<String> BRANDS =
            List.of("鑫源", "中原", "宏达", "豫北", "金龙", "恒升", "太行", "华兰", "天力", "润丰", "佳禾", "卫河", "平原", "瑞祥", "同心", "东方");
    private static final List<String> TRADES =
            List.of("机械制造", "振动设备", "电源", "食品", "医疗器械", "纺织", "建材", "商贸", "物流", "化工", "包装", "起重设备");
    private static final List<String> SHOPS = List.of("烩面店", "便利店", "五金店", "理发店", "药店", "水果店", "服装店", "电动车店", "超市连锁店");

    private People() {}

    static String person(Dice dice) {
        String surname = dice.percent(1) ? dice.pick(DOUBLE_SURNAMES) : surname(dice);
        StringBuilder name = new StringBuilder(surname);
        int given = dice.percent(82) ? 2 : 1;
        for (int i = 0; i < given; i++) {
            name.append(given(dice));
        }
        return name.toString();
    }

    static char given(Dice dice) {
        return GIVEN.charAt(dice.below(GIVEN.length()));
    }

    /** The n-th surname is about 1/(n+4) as common as the whole, which is close to the census. */
    private static String surname(Dice dice) {
        int n = SURNAMES.length();
        double u = dice.below(1_000_000) / 1_000_000.0;
        int rank = (int) (4 * (StrictMath.pow((n + 4) / 4.0, u) - 1));
        return SURNAMES.substring(rank, rank + 1);
    }

    static String company(Dice dice) {
        return "新乡市" + dice.pick(BRANDS) + dice.pick(TRADES) + dice.pick("有限公司", "有限责任公司", "厂", "股份有限公司");
    }

    static String shop(Dice dice) {
        return dice.pick(DISTRICTS) + dice.pick(BRANDS) + dice.pick(SHOPS);
    }

    static String office(Dice dice) {
        return "新乡市" + dice.pick(DISTRICTS)
                + dice.pick("第一中学学校", "人民医院", "社区服务中心", "农村信用合作社", "水利局", "居民委员会", "实验小学学校");
    }

    static String home(Dice dice) {
        return String.format(
                Locale.ROOT,
                "河南省新乡市%s%s%d号%s%d号楼%d单元%d%02d",
                dice.pick(DISTRICTS),
                dice.pick(ROADS),
                dice.between(1, 420),
                dice.pick(ESTATES),
                dice.between(1, 30),
                dice.between(1, 4),
                dice.between(1, 18),
                dice.between(1, 4));
    }

    static String premises(Dice dice) {
        return String.format(
                Locale.ROOT,
                "河南省新乡市%s%s%d号%s",
                dice.pick(DISTRICTS),
                dice.pick(ROADS),
                dice.between(1, 420),
                dice.pick("", "东侧", "临街一层", "院内"));
    }

    static String mobile(Dice dice) {
        return dice.pick(
                        "130", "135", "136", "137", "138", "139", "150", "151", "158", "159", "176", "186", "187",
                        "199")
                + dice.digits(8);
    }

    static String landline(Dice dice) {
        return "0373-" + dice.between(2, 6) + dice.digits(6);
    }

    static String residentId(Dice dice) {
        String head = dice.pick("410702", "410703", "410704", "410711", "410721", "410726", "410782")
                + dice.between(1948, 2006)
                + String.format(Locale.ROOT, "%02d%02d", dice.between(1, 12), dice.between(1, 28))
                + dice.digits(3);
        return head + checkDigit(head);
    }

    static char checkDigit(String head) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += Character.digit(head.charAt(i), 10) * weights[i];
        }
        return "10X98765432".charAt(sum % 11);
    }

    static String creditCode(Dice dice) {
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        StringBuilder out = new StringBuilder("914107");
        while (out.length() < 18) {
            out.append(alphabet.charAt(dice.below(alphabet.length())));
        }
        return out.toString();
    }
}
