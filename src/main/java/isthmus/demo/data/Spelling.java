package isthmus.demo.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a name when a clerk hears it over the telephone, mistypes it, or writes it as in the old papers. */
final class Spelling {
    /** Characters of one sound, whatever their tones. */
    private static final List<String> SOUNDS = List.of(
            "伟玮炜维", "芳方房", "娜纳", "秀绣", "英瑛莺颖", "敏闵民", "静靖婧敬", "丽莉利立", "强墙", "磊蕾雷", "军君俊钧", "洋阳杨", "勇永泳", "艳燕彦颜", "杰洁捷婕",
            "娟涓", "涛滔桃", "明铭鸣", "超朝潮", "兰岚蓝", "霞侠夏", "平萍苹", "刚钢岗", "桂贵", "玲凌铃龄", "红宏洪虹", "建健剑", "国果", "华桦花", "志智治",
            "文雯闻", "玉育宇雨", "梅玫美", "春椿", "海亥", "波博伯", "辉慧惠晖", "婷庭亭", "雪学", "鹏朋彭", "飞菲斐", "浩昊皓", "然冉", "子梓紫", "涵晗韩",
            "欣鑫新昕", "怡宜仪", "晨辰陈", "轩宣萱", "佳嘉家", "思斯丝", "琪琦旗", "凯恺", "峰锋丰凤", "龙隆", "云芸匀", "旭绪", "东冬", "林琳霖", "斌彬宾", "素苏",
            "珍真贞", "爱艾", "香湘祥翔", "月悦岳", "翠粹", "竹祝", "银尹", "福富付傅", "生升声", "德得", "顺舜", "安庵", "康抗", "宁凝", "张章", "刘柳", "徐许",
            "余于俞", "江姜蒋", "萧肖", "魏卫韦", "何贺和", "邱秋", "程成", "王汪", "李黎", "吴武伍", "周邹", "马麻", "梁良", "谢解", "唐汤", "曹草", "田甜",
            "董懂", "沈申", "任仁", "钟忠", "谭覃", "陆路", "范樊", "石时", "金今");

    /** Forms that older papers, or papers from elsewhere, have. */
    private static final Map<Character, Character> OLD = Map.ofEntries(
            Map.entry('峰', '峯'),
            Map.entry('强', '強'),
            Map.entry('云', '雲'),
            Map.entry('国', '囯'),
            Map.entry('华', '華'),
            Map.entry('龙', '龍'),
            Map.entry('凤', '鳳'),
            Map.entry('杰', '傑'),
            Map.entry('静', '靜'),
            Map.entry('丽', '麗'),
            Map.entry('飞', '飛'),
            Map.entry('宁', '寧'),
            Map.entry('德', '徳'),
            Map.entry('凯', '凱'),
            Map.entry('鹏', '鵬'),
            Map.entry('莹', '瑩'),
            Map.entry('刘', '劉'),
            Map.entry('张', '張'),
            Map.entry('陈', '陳'),
            Map.entry('吴', '吳'),
            Map.entry('赵', '趙'),
            Map.entry('孙', '孫'),
            Map.entry('马', '馬'));

    private Spelling() {}

    /** Null where no character of the name has a fellow of its sound. */
    static @Nullable String misheard(String name, Dice dice) {
        int from = dice.below(name.length());
        for (int i = 0; i < name.length(); i++) {
            int at = (from + i) % name.length();
            String sound = SOUNDS.stream()
                    .filter(fellows -> fellows.indexOf(name.charAt(at)) >= 0)
                    .findFirst()
                    .orElse("");
            if (!sound.isEmpty()) {
                int place = sound.indexOf(name.charAt(at));
                int other = (place + dice.between(1, sound.length() - 1)) % sound.length();
                return with(name, at, sound.charAt(other));
            }
        }
        return null;
    }

    /** The last character another one, of another sound as a rule. */
    static String mistyped(String name, Dice dice) {
        int last = name.length() - 1;
        char other = People.given(dice);
        while (other == name.charAt(last)) {
            other = People.given(dice);
        }
        return with(name, last, other);
    }

    /** Null where no character of the name has another form. */
    static @Nullable String oldForm(String name) {
        for (int i = name.length() - 1; i >= 0; i--) {
            Character old = OLD.get(name.charAt(i));
            if (old != null) {
                return with(name, i, old);
            }
        }
        return null;
    }

    private static String with(String name, int at, char character) {
        return name.substring(0, at) + character + name.substring(at + 1);
    }
}
