select left_no, right_no from link_edge where state = 'vetoed'
