package html

import (
	"bytes"
	"errors"
	"testing"
)

func TestPageSameBytes(t *testing.T) {
	first := pageOf(t, sampleResult())
	for range 5 {
		if !bytes.Equal(first, pageOf(t, sampleResult())) {
			t.Fatal("the same run gave other bytes")
		}
	}
}

// fullDisk fails after so many bytes.
type fullDisk int

var errFull = errors.New("no space left")

func (d *fullDisk) Write(b []byte) (int, error) {
	if *d -= fullDisk(len(b)); *d < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestPageWriteErrors(t *testing.T) {
	run := largeResult(15)
	size := len(pageOf(t, run))
	for _, room := range []int{0, 1, size / 2, size - 1} {
		disk := fullDisk(room)
		if err := Write(&disk, run); !errors.Is(err, errFull) {
			t.Errorf("with room for %d of %d bytes: error %v", room, size, err)
		}
	}
	disk := fullDisk(size)
	if err := Write(&disk, run); err != nil {
		t.Error(err)
	}
}
