//go:build !unix

package inputfile

// nonblock is nothing where folders hold no named pipes.
const nonblock = 0
