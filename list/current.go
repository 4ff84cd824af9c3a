package list

import "sync/atomic"

// Current is what answers come from now: a set of open snapshots, with
// whatever is kept beside them. It is swapped under load; what was swapped
// out is given back when its last user is done.
type Current[T any] struct{ now atomic.Pointer[Held[T]] }

// Held is a value in use.
type Held[T any] struct {
	Value T
	users atomic.Int64 // one of them is Current itself
	done  func(T)
}

// Swap makes v the current value. done is called once, when v has been
// swapped out and nobody uses it any more.
func (c *Current[T]) Swap(v T, done func(T)) {
	h := &Held[T]{Value: v, done: done}
	h.users.Store(1)
	if old := c.now.Swap(h); old != nil {
		old.Release()
	}
}

// Acquire gives the current value, which stays whole until Release. It is nil
// before the first Swap.
func (c *Current[T]) Acquire() *Held[T] {
	for {
		h := c.now.Load()
		if h == nil {
			return nil
		}
		for n := h.users.Load(); n > 0; n = h.users.Load() { // 0: swapped out meanwhile
			if h.users.CompareAndSwap(n, n+1) {
				return h
			}
		}
	}
}

// Release ends one use. Each Acquire needs exactly one.
func (h *Held[T]) Release() {
	if h.users.Add(-1) == 0 && h.done != nil {
		h.done(h.Value)
	}
}
