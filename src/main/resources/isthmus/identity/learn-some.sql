select id, source, features from match_subject where shape = ? order by hashtextextended(id, 0) limit ?
