select l.n, r.n from link_edge e join cluster_node l on l.no = e.left_no join cluster_node r on r.no = e.right_no
where e.state = 'vetoed'
