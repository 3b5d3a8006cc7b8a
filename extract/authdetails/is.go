package authdetails

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"strings"
)

// headLength is how many bytes of a file are looked at to see what it is.
const headLength = 1 << 16

// Is reports whether a file is meant to have the output of
// aws iam get-account-authorization-details, whole or not: Read says what is wrong with it.
// It begins as that does, as far as it goes, or as what the AWS CLI writes in its place.
func Is(ctx context.Context, path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	in, err := open(ctx, path)
	if err != nil {
		return true
	}
	defer in.Close()
	text := bufio.NewReaderSize(in, headLength)
	head, err := text.Peek(headLength)
	return err != nil && err != io.EOF || begun(head)
}

func begun(head []byte) bool {
	if bytes.Contains(bytes.ToLower(head), []byte("detaillist")) {
		return true
	}
	said := strings.TrimLeft(string(head), " \t\r\n")
	if said == "" || ofCLI(said) {
		return true
	}
	compact := strings.TrimPrefix(strings.Join(strings.Fields(said), ""), "[")
	for _, list := range []string{userList, groupList, roleList, policyList, "IsTruncated", "Marker"} {
		if strings.HasPrefix(`{"`+list+`"`, compact) {
			return true // cut off
		}
	}
	return false
}

// ofCLI reports whether a text is an error message of the AWS CLI.
func ofCLI(text string) bool {
	for _, p := range []string{"An error occurred", "aws: error", "usage: aws", "Unable to locate credentials"} {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return false
}
