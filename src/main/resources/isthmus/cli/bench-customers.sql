-- So many people, each known to two systems. Names are as common as names are; one in ten has moved between the two, one in
-- twenty-five is written with another character, and a quarter has a telephone in both.
insert into record (entity, id, silo, sequence, deleted, contenthash, keyhash, rowhash, time, partitionkey, recorded_from,
                    chunk, ordinal, mapping, body)
select 'customer', id, silo, '1', false, md5(id), md5(id)::uuid, md5(id)::uuid, timestamptz '2026-01-01 00:00+08', id,
       timestamptz '2026-01-01 00:00+08', 0, 0, 'bench@1',
       json_build_object('id', id, 'kind', 'person', 'status', 'active', 'name', json_build_object('display', name),
                         'contacts', case when silo = 'one' or n % 4 > 0 then '[]'::json
                                          else json_build_array(json_build_object('type', 'mobile', 'value', '+861' || 3000000000 + n)) end,
                         'addresses', json_build_array(json_build_object('role', 'supply', 'normalized', address)))
from (select n, silo, 'urn:isthmus:bench:' || silo || ':customer:' || n as id,
             substr('王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹', 1 + (30 * power(((hashint8extended(n, 1) & 16777215) / 16777216.0), 2))::int % 30, 1)
             || case when silo = 'two' and n % 25 = 0 then '薇' else substr(given, 1 + (((hashint8extended(n, 2) & 16777215) / 16777216.0) * 89)::int, 1) end
             || case when ((hashint8extended(n, 3) & 16777215) / 16777216.0) < 0.82 then substr(given, 1 + (((hashint8extended(n, 4) & 16777215) / 16777216.0) * 89)::int, 1) else '' end as name,
             '河南省新乡市' || (array['红旗区', '卫滨区', '牧野区', '凤泉区'])[1 + (((hashint8extended(place, 5) & 16777215) / 16777216.0) * 3.99)::int % 4]
             || (array['平原路', '人民路', '和平大道', '金穗大道', '胜利街', '健康路', '文化路', '建设路'])[1 + (((hashint8extended(place, 6) & 16777215) / 16777216.0) * 7.99)::int % 8]
             || 1 + (((hashint8extended(place, 7) & 16777215) / 16777216.0) * 400)::int || '号锦绣花园' || 1 + (((hashint8extended(place, 8) & 16777215) / 16777216.0) * 30)::int || '号楼'
             || 1 + (((hashint8extended(place, 9) & 16777215) / 16777216.0) * 3)::int || '单元' || 101 + (((hashint8extended(place, 10) & 16777215) / 16777216.0) * 1800)::int as address
      from (select n, silo, case when silo = 'two' and n % 10 = 7 then -n else n end as place,
                   '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玲红建国华志文玉梅春海燕波辉婷雪鹏飞宇浩然子涵欣怡晨轩博雨佳思琪梓俊凯峰龙云鑫旭东林斌彬莉萍凤洁慧颖琳素珍爱香月莺翠竹' as given
            from generate_series(1, ?) n, unnest(array['one', 'two']) silo) person) record
