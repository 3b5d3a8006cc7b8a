package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"golang.org/x/sync/errgroup"
)

// discardPages is a program of its own that makes the calls of a reading of accounts, as many
// side by side, and throws the answers away: by HTTP alone, whose answers nobody decodes, or
// by the SDK. The arguments are raw or sdk, and a file with a line for each account.
func discardPages() int {
	data, err := os.ReadFile(os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	discard := rawPages
	if os.Args[1] == "sdk" {
		discard = sdkPages
	}
	client := &http.Client{Transport: plainTransport{&http.Transport{MaxIdleConnsPerHost: 4 * beside, IdleConnTimeout: 15 * time.Second}}}
	var g errgroup.Group
	g.SetLimit(beside)
	for line := range strings.Lines(string(data)) {
		words := append(strings.Fields(line), "")
		g.Go(func() error { return discard(client, words[0], words[1], words[2]) })
	}
	if err := g.Wait(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// plainTransport hides a method of the SDK's bodies: see plainBodies of package connect.
type plainTransport struct{ *http.Transport }

func (t plainTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Body = struct{ io.ReadCloser }{r.Body}
	return t.Transport.RoundTrip(r)
}

// rawPages makes the calls with the forms of the SDK, and does not look at the answers.
func rawPages(client *http.Client, address, id, role string) error {
	var call func(action, version string, more url.Values) error
	call = func(action, version string, more url.Values) error {
		form := url.Values{"Action": {action}, "Version": {version}}
		for name, values := range more {
			form[name] = values
		}
		r, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Authorization", "Credential=ASIA"+id+"FAKE")
		answer, err := client.Do(r)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s", action, answer.Status)
		}
		body, err := io.ReadAll(answer.Body)
		if _, after, more := bytes.Cut(body, []byte("<Marker>")); more && err == nil {
			marker, _, _ := bytes.Cut(after, []byte("<"))
			next := maps.Clone(form)
			next.Set("Marker", string(marker))
			return call(action, version, next)
		}
		return err
	}
	if role != "" {
		if err := call("AssumeRole", "2011-06-15", url.Values{"RoleArn": {role}, "RoleSessionName": {"iamctl"}}); err != nil {
			return err
		}
	}
	if err := call("GetCallerIdentity", "2011-06-15", nil); err != nil {
		return err
	}
	details := url.Values{"MaxItems": {"1000"}}
	for i, kind := range everyKind {
		details.Set(fmt.Sprintf("Filter.member.%d", i+1), string(kind))
	}
	var g errgroup.Group
	g.Go(func() error { return call("GetAccountAuthorizationDetails", "2010-05-08", details) })
	for _, action := range []string{"ListRoles", "ListAccountAliases"} {
		g.Go(func() error { return call(action, "2010-05-08", url.Values{"MaxItems": {"1000"}}) })
	}
	return g.Wait()
}

var everyKind = []types.EntityType{
	types.EntityTypeRole, types.EntityTypeUser, types.EntityTypeGroup, types.EntityTypeLocalManagedPolicy, types.EntityTypeAWSManagedPolicy,
}

// sdkPages makes the calls by clients of the SDK.
func sdkPages(client *http.Client, address, _, role string) error {
	ctx := context.Background()
	cfg := aws.Config{
		Region: "us-east-1", BaseEndpoint: &address, HTTPClient: client,
		Credentials: credentials.NewStaticCredentialsProvider("AKIAFAKEFAKEFAKEFAKE", "secret", ""),
	}
	if role != "" {
		out, err := sts.NewFromConfig(cfg).AssumeRole(ctx, &sts.AssumeRoleInput{RoleArn: &role, RoleSessionName: aws.String("iamctl")})
		if err != nil {
			return err
		}
		cfg.Credentials = credentials.NewStaticCredentialsProvider(*out.Credentials.AccessKeyId, *out.Credentials.SecretAccessKey, *out.Credentials.SessionToken)
	}
	if _, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}); err != nil {
		return err
	}
	c := iam.NewFromConfig(cfg)
	var g errgroup.Group
	g.Go(func() error {
		pages := iam.NewGetAccountAuthorizationDetailsPaginator(c, &iam.GetAccountAuthorizationDetailsInput{MaxItems: aws.Int32(1000), Filter: everyKind})
		for pages.HasMorePages() {
			if _, err := pages.NextPage(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	g.Go(func() error {
		pages := iam.NewListRolesPaginator(c, &iam.ListRolesInput{MaxItems: aws.Int32(1000)})
		for pages.HasMorePages() {
			if _, err := pages.NextPage(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	g.Go(func() error {
		_, err := c.ListAccountAliases(ctx, &iam.ListAccountAliasesInput{MaxItems: aws.Int32(1000)})
		return err
	})
	return g.Wait()
}
