package isthmus.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {
    @ParameterizedTest
    @CsvSource({
        "李伟, 李*",
        "李小伟, 李**",
        "欧阳娜娜, 欧阳**",
        "欧阳, 欧*",
        "司馬相如, 司馬**",
        "买买提·艾力, 买**·艾*",
        "𠮷野家, 𠮷**",
        "Mary Ann Smith, M*** A** S****",
        "O'Neill, O******",
        "李, *",
    })
    void ofANameTheFirstCharacterOfEachPartIsTold(String name, String told) {
        assertThat(Masked.person(name)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "+8613800001234, 138****1234",
        "+863738881234, +86******1234",
        "li.wei@example.cn, l***@example.cn",
        "𠮷@example.cn, 𠮷***@example.cn",
        "12345, 1****",
    })
    void ofAContactItsEndsAreTold(String contact, String told) {
        assertThat(Masked.contact(contact)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "河南省新乡市红旗区平原路28号锦绣花园3号楼2单元501, 河南省新乡市红旗区***",
        "河南省新乡市辉县平原路28号, 河南省新乡市辉县***",
        "河南省新乡市平原路28号锦绣小区, 河南省新乡市***",
        "平原路花园区12号, ***",
        "锦绣小区3号楼, ***",
        "12 High Street Springfield, ***",
        "内蒙古自治区阿拉善左旗和硕特路1号, 内蒙古自治区阿拉善左旗***",
    })
    void ofAnAddressItsDistrictIsToldAndNoRoad(String address, String told) {
        assertThat(Masked.address(address)).isEqualTo(told);
    }
}
