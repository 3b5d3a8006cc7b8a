package authdetails

import (
	"bufio"
	"context"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/inventory"
)

// Read reads the account in the file at path. Errors name the file, line and
// column. The account's id and partition are those in the ARNs; its alias is
// not in such a file.
func Read(ctx context.Context, path string) (*inventory.Account, error) {
	in, err := open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	a, err := parse(in)
	if err == nil {
		for i := range a.Roles {
			a.Roles[i].File = path
		}
		for i := range a.Policies {
			a.Policies[i].File = path
		}
		return a, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, locate(ctx, path, err)
}

// parse reads an account from UTF-8 text.
func parse(r io.Reader) (*inventory.Account, error) {
	text := bufio.NewReaderSize(r, 64<<10)
	head, err := text.Peek(512)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if err := notJSON(head); err != nil {
		return nil, &fault{0, err}
	}
	// The fields are checked for duplicates by members; within documents
	// duplicates, and text that is not Unicode, are kept for the policy parser
	// to judge.
	p := &parser{dec: jsontext.NewDecoder(text, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)), collector: newCollector()}
	for p.more() {
		if err := p.pageOrPages(); err != nil {
			return nil, err
		}
	}
	if _, err := p.dec.ReadToken(); err != io.EOF {
		return nil, err
	}
	if err := p.complete(); err != nil {
		return nil, err
	}
	return p.finish(), nil
}

// more reports whether another value begins. It is false on an error too, which
// the next ReadToken returns.
func (p *parser) more() bool {
	switch p.dec.PeekKind() {
	case jsontext.KindInvalid, jsontext.KindEndObject, jsontext.KindEndArray:
		return false
	}
	return true
}

// pageOrPages reads a page, or a list of pages as "jq -s" makes it.
func (p *parser) pageOrPages() error {
	if p.dec.PeekKind() == jsontext.KindBeginArray {
		return p.elements(p.page)
	}
	return p.page()
}

func (p *parser) page() error {
	offset := p.dec.InputOffset()
	var truncated bool
	var next string
	lists := 0
	list := func(name string, do func() error) error { return p.list(name, &lists, do) }
	err := p.members(func(name string) error {
		switch name {
		case roleList:
			return list(name, p.role)
		case userList:
			return list(name, p.user)
		case groupList:
			return list(name, p.group)
		case policyList:
			return list(name, p.policy)
		case "IsTruncated":
			return p.flag(&truncated)
		case "NextToken":
			return p.text(&next)
		case "Marker", "ResponseMetadata":
			return p.skip()
		}
		return p.unknown("page", name)
	})
	if err == nil && lists == 0 {
		err = p.faultAt(offset, "this is no output of get-account-authorization-details: it has no %s; %s", roleList, wayOut)
	}
	p.pages++
	if !truncated && next == "" {
		p.last++
	}
	p.lastOffset = offset
	return err
}

// list reads one of a page's lists and counts it. A list that is null is not a
// list: to take it for an empty one would make an account without roles of a
// file that has none.
func (p *parser) list(name string, count *int, do func() error) error {
	if null, err := p.null(); null || err != nil {
		return err
	}
	p.lists[name] = true
	*count++
	return p.elements(do)
}

// complete refuses a file that ends before the last page, or that does not
// speak of roles at all: it would read as an account without them.
func (p *parser) complete() error {
	switch {
	case p.pages == 0:
		return p.faultAt(0, "the file has no page in it; %s", wayOut)
	case !p.lists[roleList]:
		return p.faultAt(p.lastOffset, "the file has no %s; take it without --query", roleList)
	case p.last == 0 && p.pages == 1:
		return p.faultAt(p.lastOffset, "the file is only the first page: IsTruncated or NextToken says that there are more; take it without --no-paginate and --max-items, or append the other pages")
	case p.last == 0:
		return p.faultAt(p.lastOffset, "the last page is missing: all %d pages of the file say that there are more; append the others", p.pages)
	}
	return nil
}
