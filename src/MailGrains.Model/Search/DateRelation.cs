namespace MailGrains.Model.Search;

public enum DateRelation
{
    Before,
    On,
    Since,
}
