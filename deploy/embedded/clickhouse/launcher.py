# The same as launcher.c where there is no C compiler. Usage: CHDB_LIB=/path/libchdb.so python3 launcher.py --path DIR --query ...
import ctypes
import os
import signal
import sys

if os.environ.get("TALLY_DIE_WITH_PARENT") and sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
library = ctypes.CDLL(os.environ["CHDB_LIB"], mode=os.RTLD_LAZY | os.RTLD_GLOBAL)
arguments = [b"clickhouse"] + [argument.encode() for argument in sys.argv[1:]]
library.chdb_query_cmdline.restype = ctypes.c_void_p
library.chdb_result_buffer.restype = ctypes.c_void_p
library.chdb_result_length.restype = ctypes.c_size_t
library.chdb_result_error.restype = ctypes.c_char_p
result = ctypes.c_void_p(library.chdb_query_cmdline(len(arguments), (ctypes.c_char_p * len(arguments))(*arguments)))
error = library.chdb_result_error(result)
if error:
    sys.stderr.write(error.decode() + "\n")
else:
    sys.stdout.buffer.write(ctypes.string_at(library.chdb_result_buffer(result), library.chdb_result_length(result)))
sys.stdout.flush()
os._exit(1 if error else 0)
