"""Loaded by the server that children are forked from: what a first document loads is loaded once for all of them.

Patterns that are compiled and tables that are made where they are first used are in the children's memory from the
beginning, also of one that takes the place of a child that was ended. Collecting garbage need not look at them again
(`gc.freeze`), which would also copy the memory that children share, and looks seldom: a document leaves few cycles, and
has many objects.
"""

import gc

from zhengce.flow import process

process("关于做好培训工作的通知\n到2027年底，由省教育厅牵头，各县至少培训2万人次，每人补贴500元。\n".encode(), "a.txt")
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)  # objects that were made; a tenth of the time went there
