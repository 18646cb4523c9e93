namespace MailGrains.Search;

/// <summary>A question about one value of a column; a struct, so that asking it of a whole column is one loop without calls.</summary>
public interface IValueTest<TValue>
{
    bool Passes(TValue value);
}
