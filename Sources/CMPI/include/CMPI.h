// What of MPI Swift cannot see: communicators and types are macros there. No type of MPI stands here.
#ifndef CMPI_H
#define CMPI_H

#include <stddef.h>
#include <stdint.h>

// Joins the processes that mpirun started. Zero when it worked.
int cmpi_start(void);
int cmpi_rank(void);
int cmpi_count(void);

// Sends and receives `count` floats at the same time, looking now and then at `wish`, which a signal may have set: see
// `cmpi_outcome`.
int cmpi_exchange(const float *outgoing, float *incoming, size_t count, int partner, int (*wish)(void));

// Every process's number, in the order of the ranks.
int cmpi_gather(uint64_t number, uint64_t *all, int (*wish)(void));

// How a wait ended.
enum cmpi_outcome {
  cmpi_done,
  // MPI said that it failed.
  cmpi_failed,
  // Somebody wished that the program end, and the others did not come for seconds.
  cmpi_gave_up
};

// Leaves the processes, all of which do so.
void cmpi_stop(void);

// Ends all processes at once.
void cmpi_abort(int code);

#endif
