package authdetails

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"iamctl/extract"
	"iamctl/internal/inputfile"
)

// wayOut is the next step for a file of another kind.
const wayOut = "make the file with: aws iam get-account-authorization-details --output json"

// input is a file as UTF-8 without byte order mark.
type input struct {
	io.Reader
	file *inputfile.File
}

func open(ctx context.Context, path string) (*input, error) {
	f, err := inputfile.Open(ctx, path, inputfile.Account)
	if err != nil {
		return nil, err
	}
	r, err := asUTF8(bufio.NewReaderSize(f, 64<<10))
	if err != nil {
		f.Close()
		return nil, &extract.FileError{File: path, Err: err}
	}
	return &input{r, f}, nil
}

func (in *input) Close() error { return in.file.Close() }

// asUTF8 finds the encoding by the first bytes. JSON text begins with an
// ASCII character, so UTF-16 shows without a byte order mark too.
func asUTF8(r *bufio.Reader) (io.Reader, error) {
	head, err := r.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	starts := func(prefix string) bool { return bytes.HasPrefix(head, []byte(prefix)) }
	switch {
	case starts("\xef\xbb\xbf"):
		_, err := r.Discard(3)
		return r, err
	case starts("\xff\xfe\x00\x00"), starts("\x00\x00\xfe\xff"):
		return nil, errors.New("the file is UTF-32; save it as UTF-8")
	case starts("\xff\xfe"), starts("\xfe\xff"):
		_, err := r.Discard(2)
		return &utf16Reader{r: r, big: head[0] == 0xfe}, err
	case len(head) >= 2 && (head[0] == 0) != (head[1] == 0):
		return &utf16Reader{r: r, big: head[0] == 0}, nil
	case starts("\x1f\x8b"), starts("PK\x03\x04"), starts("BZh"), starts("\x28\xb5\x2f\xfd"):
		return nil, errors.New("the file is compressed; unpack it first")
	}
	return r, nil
}

// utf16Reader turns UTF-16 into UTF-8. What is not valid is an error: a
// replacement character in a name would be a wrong name.
type utf16Reader struct {
	r   *bufio.Reader
	big bool
	out []byte
	err error
}

var errUTF16 = errors.New("the file is not valid UTF-16; save it as UTF-8")

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 && u.err == nil {
		u.fill()
	}
	if len(u.out) == 0 {
		return 0, u.err
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

func (u *utf16Reader) fill() {
	u.out = u.out[:0]
	for len(u.out) < 4096 && u.err == nil {
		r := u.unit()
		if u.err == nil && utf16.IsSurrogate(r) {
			second := u.unit()
			if r = utf16.DecodeRune(r, second); r == unicode.ReplacementChar || u.err != nil {
				u.err = withinPair(u.err)
				return
			}
		}
		if u.err == nil {
			u.out = utf8.AppendRune(u.out, r)
		}
	}
}

// withinPair keeps an error of the disk; the end of the file within a character
// is one of the encoding.
func withinPair(err error) error {
	if err != nil && err != io.EOF {
		return err
	}
	return errUTF16
}

func (u *utf16Reader) unit() rune {
	var b [2]byte
	if _, err := io.ReadFull(u.r, b[:]); err != nil {
		u.err = err
		if err == io.ErrUnexpectedEOF {
			u.err = errUTF16
		}
		return 0
	}
	if u.big {
		return rune(b[0])<<8 | rune(b[1])
	}
	return rune(b[1])<<8 | rune(b[0])
}

// notJSON says what a file is that does not begin like JSON, nil if it does.
// head is its beginning, of which nothing is repeated but an error message of the
// AWS CLI: a file that was named by mistake may hold a secret.
func notJSON(head []byte) error {
	text := strings.TrimLeft(string(head), " \t\r\n")
	line, _, _ := strings.Cut(text, "\n")
	has := func(prefixes ...string) bool {
		for _, p := range prefixes {
			if strings.HasPrefix(text, p) {
				return true
			}
		}
		return false
	}
	switch {
	case text == "":
		return errors.New("the file is empty; " + wayOut)
	case has("{", "["):
		return nil
	case ofCLI(text):
		return fmt.Errorf("the file holds an error message of the AWS CLI, %.200q; mend that and take it again", strings.TrimSpace(line))
	case has("<"):
		return errors.New("the file is XML; " + wayOut)
	case has("-----BEGIN"):
		return errors.New("the file is a key or certificate; " + wayOut)
	case has("|", "+-", "-----"):
		return errors.New("the file is a table; " + wayOut)
	case has("GROUPDETAILLIST", "USERDETAILLIST", "ROLEDETAILLIST", "POLICIES"):
		return errors.New("the file is the CLI's text output; " + wayOut)
	case has("---", "%YAML", "- ", "#", "GroupDetailList:", "UserDetailList:", "RoleDetailList:", "Policies:", "IsTruncated:", "Marker:"):
		return errors.New("the file is YAML; " + wayOut)
	}
	return errors.New("the file is not JSON; " + wayOut)
}
