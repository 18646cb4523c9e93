namespace MailGrains.Views.Bonnie;

/// <summary>What is done with a document.</summary>
public enum BonnieAct
{
    /// <summary>It is written, over what has its id: that is the same document.</summary>
    Index,

    /// <summary>It is written unless there is one with its id, which may know more by now.</summary>
    Create,

    /// <summary>Its members are added to the document with its id; when there is none, nothing happens.</summary>
    Update,
}
