package reference

import (
	"context"
	"errors"
	"fmt"
	"net/url"
)

func parseBase(baseURL string) (*url.URL, error) {
	base, err := url.Parse(baseURL)
	if err != nil {
		return nil, err
	}
	if base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return nil, fmt.Errorf("%q is not an http or https address", baseURL)
	}
	return base, nil
}

// list fetches the list of services and returns the address where it was. AWS
// names two; a mirror may also have it at its root.
func (u *updater) list(ctx context.Context, base *url.URL) ([]listed, *url.URL, error) {
	var first error
	for _, name := range []string{"v1/service-list.json", "service-list.json", "/"} {
		address := base.JoinPath(name)
		got, err := u.get(ctx, address.String(), maxList)
		var status *statusError
		if errors.As(err, &status) && status.missing() {
			if first == nil {
				first = err
			}
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		list, unused, err := readPage(address.String(), got.body, (*pageReader).services)
		u.record(got, unused)
		return list, address, err
	}
	return nil, nil, first
}

// resolve drops entries that occur twice and resolves the addresses of a list
// that was found at from.
func (u *updater) resolve(base, from *url.URL, list []listed) ([]listed, error) {
	var kept []listed
	seen := map[listed]bool{}
	for _, e := range list {
		if seen[e] {
			u.notes = append(u.notes, Note{Kind: Duplicate, Service: e.service, Text: "the list of services has it twice"})
			continue
		}
		seen[e] = true
		address, err := pageAddress(base, from, e.url)
		if err != nil {
			return nil, fmt.Errorf("service %s: %w", e.service, err)
		}
		kept = append(kept, listed{e.service, address})
	}
	return kept, nil
}

// pageAddress returns the address of a page. A list is not trusted to send us to
// other hosts than its own; AWS's host in the list of a mirror means the mirror.
func pageAddress(base, from *url.URL, address string) (string, error) {
	page, err := from.Parse(address)
	if err != nil {
		return "", err
	}
	aws, _ := url.Parse(DefaultURL)
	switch page.Host {
	case base.Host:
		page.Scheme = base.Scheme
		return page.String(), nil
	case aws.Host:
		return base.JoinPath(page.Path).String(), nil
	}
	return "", fmt.Errorf("its address %s is on another host than %s", address, base.Host)
}
