package bulk_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"iamctl/internal/bulk"
)

// TestBehind: what is written behind is all that was gathered, in its order.
func TestBehind(t *testing.T) {
	var got, want bytes.Buffer
	w := bulk.NewWriterBehind(&got)
	for i := range 200_000 {
		w.Raw(fmt.Sprintln("row", i))
		fmt.Fprintln(&want, "row", i)
		if !w.Flush() {
			t.Fatal(w.Err())
		}
	}
	if err := w.Close(); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
		t.Errorf("%d bytes, want %d: %v", got.Len(), want.Len(), err)
	}
	if err := bulk.NewWriterBehind(&got).Close(); err != nil {
		t.Errorf("nothing gathered: %v", err)
	}
}

// full fails from the write on that it has.
type full struct{ left int }

var errFull = errors.New("full")

func (f *full) Write(b []byte) (int, error) {
	if f.left--; f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// TestBehindFails: the error of any piece is told, at the latest by Close, and ends the gathering.
func TestBehindFails(t *testing.T) {
	row := string(make([]byte, 1<<10))
	for left := range 5 {
		w := bulk.NewWriterBehind(&full{left})
		rows := 0
		for ; rows < 4*1024 && w.Flush(); rows++ {
			w.Raw(row)
		}
		if err := w.Close(); !errors.Is(err, errFull) || rows == 4*1024 {
			t.Errorf("the %d. piece fails: %v after %d rows", left+1, err, rows)
		}
	}
	w := bulk.NewWriterBehind(&full{})
	w.Raw("the last piece")
	if err := w.Close(); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}
