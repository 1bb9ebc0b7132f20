// The parts of MPI that Swift needs but cannot import, because MPI's communicators and types are macros. This header
// uses no type of MPI.
#ifndef CMPI_H
#define CMPI_H

#include <stddef.h>
#include <stdint.h>

// Joins the processes that mpirun started. Returns zero on success.
int cmpi_start(void);
int cmpi_rank(void);
int cmpi_count(void);

// Sends and receives `count` floats at the same time. Polls `wish`, which returns nonzero once a signal has asked the
// program to end. Returns a `cmpi_outcome`.
int cmpi_exchange(const float *outgoing, float *incoming, size_t count, int partner, int (*wish)(void));

// Gathers the `number` of every process in `all`, in the order of the ranks. Returns a `cmpi_outcome`.
int cmpi_gather(uint64_t number, uint64_t *all, int (*wish)(void));

// The outcome of an exchange with other processes.
enum cmpi_outcome {
  cmpi_done,
  // MPI reported an error.
  cmpi_failed,
  // A signal asked the program to end, and the other processes did not answer within half a second.
  cmpi_gave_up
};

// Finalizes MPI; all processes must call it.
void cmpi_stop(void);

// Ends all processes at once.
void cmpi_abort(int code);

#endif
