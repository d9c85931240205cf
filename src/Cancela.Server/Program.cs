var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCancela().UseSqlite("data/cancela.db");
var app = builder.Build();
app.MapCancela();
await app.RunAsync();
