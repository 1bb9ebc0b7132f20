#pragma once

#include <stddef.h>
#include <stdint.h>

// Memory, as in every C library. Embedded Swift and the kernels allocate with these functions.
void *calloc(size_t count, size_t size);
void free(void *memory);

/// Functions of the worker around the module.
#define BROWSER_FUNCTION(name) __attribute__((import_module("browser"), import_name(#name)))

/// Milliseconds since some moment.
BROWSER_FUNCTION(now) double browser_now(void);

/// The number that a text of JSON stands for; not a number for another text.
BROWSER_FUNCTION(number) double browser_number(const char *text, size_t count);
