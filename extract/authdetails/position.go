package authdetails

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"iamctl/extract"
	"iamctl/internal/jsonplace"
)

// locate says where in the file an error is. For that the file is read again,
// since it may be too large to keep.
func locate(ctx context.Context, path string, err error) error {
	offset, plain := int64(-1), err
	var f *fault
	if errors.As(err, &f) {
		offset, plain = f.offset, f.err
	} else {
		offset, plain = extract.JSONFault(err)
	}
	if offset < 0 {
		return &extract.FileError{File: path, Err: plain}
	}
	line, column, ok := position(ctx, path, offset)
	if !ok {
		return &extract.FileError{File: path, Err: fmt.Errorf("at byte %d: %w", offset, plain)}
	}
	return &extract.FileError{File: path, Line: line, Column: column, Err: plain}
}

// position finds the line and column of a byte of the text. It keeps only
// the line in question.
func position(ctx context.Context, path string, offset int64) (line, column int, ok bool) {
	in, err := open(ctx, path)
	if err != nil {
		return 0, 0, false
	}
	defer in.Close()
	text := bufio.NewReaderSize(in, 64<<10)
	p := jsonplace.Start
	for at := int64(0); ; at++ {
		c, err := text.ReadByte()
		if err != nil {
			return p.Line, p.Column, err == io.EOF
		}
		if at >= offset && !jsonplace.Between(c) {
			return p.Line, p.Column, true
		}
		p = p.Next(c)
	}
}
