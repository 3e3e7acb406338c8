#ifndef CHARCNN_CALLOCATIONCOUNT_H
#define CHARCNN_CALLOCATIONCOUNT_H

/// Pieces of memory that the calling thread has asked the C library for since it began; -1 where they cannot be counted.
long ck_test_allocation_count(void);

#endif
