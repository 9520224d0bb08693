"""Jobs 后台任务: long or remote work, with a row people can see. Queued in the transaction of its cause."""
