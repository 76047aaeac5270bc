select id, source, features from match_subject where model = ? order by hashtextextended(id, 0) limit ?
