package main

import "errors"

func people(dir, out string) error { _, _ = dir, out; return errors.New("not yet") }
