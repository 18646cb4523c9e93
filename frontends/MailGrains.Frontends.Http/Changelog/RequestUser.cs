using MailGrains.Model;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>For whom a call is made.</summary>
/// <param name="Name">As the request has it, and as it is signed.</param>
/// <param name="Account">Null: nobody has this name, and so nothing is found.</param>
/// <param name="Login">The account's login, canonical.</param>
internal sealed record RequestUser(string Name, AccountId? Account, string Login);
