package accountlist

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"iamctl/extract"
	"iamctl/internal/inputfile"
	"iamctl/inventory"
	"iamctl/policy"
)

// Row is an account of a list.
type Row struct {
	inventory.Member
	// RoleARN is the role that is assumed, Profile the profile of the AWS configuration by
	// which; both may be "".
	RoleARN, Profile string
}

// columns are the names of the columns, in the order in which the documentation has them.
var columns = []string{"id", "name", "role_arn", "profile", "tags"}

// Read reads the accounts of a file, in its order. The error names the line and what to do
// about it.
func Read(ctx context.Context, path string) ([]Row, error) {
	data, err := inputfile.Read(ctx, path, inputfile.Accounts)
	if err != nil {
		return nil, err
	}
	return parse(path, data)
}

// parse reads the text of a file.
func parse(path string, data []byte) ([]Row, error) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) || !utf8.Valid(data) {
		return nil, fault(path, 0, 0, "the text is not UTF-8; save it as CSV in UTF-8")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	p := &parser{path: path, csv: csv.NewReader(bytes.NewReader(data)), seen: map[string]int{}}
	p.csv.FieldsPerRecord = -1
	if err := p.header(); err != nil {
		return nil, err
	}
	var rows []Row
	for {
		row, err := p.row()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, fault(path, 0, 0, "the file names no account; write a line for each below the header, such as 111111111111,dev")
	}
	return rows, nil
}

type parser struct {
	path string
	csv  *csv.Reader
	// at is the column of each field by its name.
	at    map[string]int
	width int
	// seen are the lines of the ids so far.
	seen map[string]int
}

// next returns the fields of the next line.
func (p *parser) next() ([]string, error) {
	fields, err := p.csv.Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return nil, fault(p.path, bad.Line, bad.Column, "%v; put a field with a quote into quotes, and write each quote in it twice", bad.Err)
	}
	for i := range fields {
		if k := strings.IndexFunc(fields[i], unicode.IsControl); k >= 0 {
			return nil, p.fault(i, "the field holds a control character, %q; remove it", fields[i][k:k+1])
		}
		fields[i] = strings.TrimSpace(fields[i])
	}
	return fields, err
}

func (p *parser) header() error {
	fields, err := p.next()
	if err == io.EOF {
		return fault(p.path, 0, 0, "the file is empty; its first line has the names of the columns: %s", strings.Join(columns, ","))
	}
	if err != nil {
		return err
	}
	p.at, p.width = map[string]int{}, len(fields)
	for i, f := range fields {
		name := strings.ToLower(f)
		switch _, twice := p.at[name]; {
		case strings.ContainsAny(name, ";\t"):
			return p.fault(i, "the columns are not separated by commas; save the file so that they are")
		case !slices.Contains(columns, name):
			return p.fault(i, "there is no column %q; the columns are %s", f, strings.Join(columns, ","))
		case twice:
			return p.fault(i, "the column %s is there twice; remove one", name)
		}
		p.at[name] = i
	}
	if _, ok := p.at["id"]; !ok {
		return p.fault(0, "the column id is missing; the first line has the names of the columns: %s", strings.Join(columns, ","))
	}
	return nil
}

func (p *parser) row() (Row, error) {
	fields, err := p.next()
	if err != nil {
		return Row{}, err
	}
	if len(fields) != p.width {
		return Row{}, p.fault(0, "the line has %d fields and the header %d; separate them by commas, also empty ones", len(fields), p.width)
	}
	get := func(column string) string {
		if i, ok := p.at[column]; ok {
			return fields[i]
		}
		return ""
	}
	row := Row{Member: inventory.Member{ID: get("id"), Name: get("name")}, RoleARN: get("role_arn"), Profile: get("profile")}
	if err := p.checkID(row.ID); err != nil {
		return row, err
	}
	if row.RoleARN != "" && !roleOf(row.RoleARN, row.ID) {
		return row, p.fault(p.at["role_arn"], "%q is no role of the account %s; write arn:aws:iam::%s:role/NAME, with the partition of the account", row.RoleARN, row.ID, row.ID)
	}
	row.Tags, err = p.tags(get("tags"))
	return row, err
}

func (p *parser) checkID(id string) error {
	line, _ := p.csv.FieldPos(0)
	if !policy.IsAccountID(id) {
		return p.fault(p.at["id"], "%q is no account id; write its twelve digits, leading zeros too", id)
	}
	if before, ok := p.seen[id]; ok {
		return p.fault(p.at["id"], "the account %s is in line %d already; remove one of the lines", id, before)
	}
	p.seen[id] = line
	return nil
}

// roleOf reports whether an ARN is that of a role of an account.
func roleOf(arn, account string) bool {
	parts := strings.SplitN(arn, ":", 6)
	return len(parts) == 6 && parts[0] == "arn" && parts[1] != "" && parts[2] == "iam" && parts[3] == "" && parts[4] == account &&
		strings.HasPrefix(parts[5], "role/") && !strings.HasSuffix(parts[5], "/")
}

// tags reads key=value;key=value.
func (p *parser) tags(text string) ([]inventory.Tag, error) {
	var tags []inventory.Tag
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		key, value, ok := strings.Cut(part, "=")
		if !ok || key == "" {
			return nil, p.fault(p.at["tags"], "the tag %q has no key or no value; write key=value;key=value", part)
		}
		if slices.ContainsFunc(tags, func(t inventory.Tag) bool { return t.Key == key }) {
			return nil, p.fault(p.at["tags"], "the tag %q is there twice; remove one", key)
		}
		tags = append(tags, inventory.Tag{Key: key, Value: value})
	}
	slices.SortFunc(tags, func(a, b inventory.Tag) int { return strings.Compare(a.Key, b.Key) })
	return tags, nil
}

// fault returns the error of a field of the line that was read last.
func (p *parser) fault(field int, format string, args ...any) error {
	line, column := p.csv.FieldPos(field)
	return fault(p.path, line, column, format, args...)
}

func fault(path string, line, column int, format string, args ...any) error {
	return &extract.FileError{File: path, Line: line, Column: column, Err: fmt.Errorf(format, args...)}
}
