/* Runs the clickhouse-local command line that libchdb exports, as a program of its own.
 * Usage: CHDB_LIB=/path/libchdb.so launcher --path DIR --query ...
 * Ends with its parent (Linux), so that a killed worker leaves no server behind. */
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

int main(int argc, char **argv) {
#ifdef __linux__
  if (getenv("TALLY_DIE_WITH_PARENT")) prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
  const char *path = getenv("CHDB_LIB");
  void *library = dlopen(path ? path : "libchdb.so", RTLD_NOW);
  if (!library) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  void *(*run)(int, char **) = dlsym(library, "chdb_query_cmdline");
  const char *(*error_of)(void *) = dlsym(library, "chdb_result_error");
  char *(*buffer_of)(void *) = dlsym(library, "chdb_result_buffer");
  size_t (*length_of)(void *) = dlsym(library, "chdb_result_length");
  if (!run || !error_of || !buffer_of || !length_of) {
    fprintf(stderr, "%s has no chdb_query_cmdline: another version of the engine library?\n", path);
    return 1;
  }
  void *result = run(argc, argv);
  const char *error = result ? error_of(result) : "no result";
  if (error) fprintf(stderr, "%s\n", error);
  else fwrite(buffer_of(result), 1, length_of(result), stdout);
  fflush(stdout);
  _exit(error ? 1 : 0); /* the library's destructors are not safe to run */
}
