namespace MailGrains.Imap;

/// <summary>The states of RFC 9051 section 3, as a set.</summary>
[Flags]
public enum SessionStates
{
    None = 0,
    NotAuthenticated = 1,
    Authenticated = 2,
    Selected = 4,
    Logout = 8,

    LoggedIn = Authenticated | Selected,
    Any = NotAuthenticated | Authenticated | Selected,
}
