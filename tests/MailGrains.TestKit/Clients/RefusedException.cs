namespace MailGrains.TestKit.Clients;

/// <summary>The server answered that it won't.</summary>
internal sealed class RefusedException(string answer) : Exception("The server refused: " + answer)
{
    public string Answer => answer;
}
