"""Sign-in with an OpenID Connect provider: it proves who somebody is; what they may do stands in the book, as ever."""
