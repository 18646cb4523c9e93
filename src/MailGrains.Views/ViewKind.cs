namespace MailGrains.Views;

/// <summary>The forms an event can be shown in.</summary>
public enum ViewKind
{
    /// <summary>As it was written, with its place in the log.</summary>
    Json,

    /// <summary>With the names of Cyrus' notifications.</summary>
    Cyrus,

    /// <summary>Documents of Bonnie's log.</summary>
    Bonnie,
}
